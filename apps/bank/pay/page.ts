import { manners, type Trade, yuan } from './till.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.codePointAt(0)};`)

const titles = { wechat: '微信支付（沙箱）WeChat Pay sandbox', alipay: '支付宝（沙箱）Alipay sandbox' }
const colours = { wechat: '#07c160', alipay: '#1677ff' }

/** One page without any script: it is a phone's, and says at once that no money moves. */
export const payPage = (trade: Trade, back: string): string => `<!doctype html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${titles[trade.provider]}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f5f5f5; color: #222 }
  main { max-width: 26rem; margin: 0 auto; padding: 2rem 1rem; text-align: center }
  strong { display: block; font-size: 2.5rem; margin: 1rem 0 }
  button { width: 100%; padding: .9rem; font-size: 1.1rem; color: #fff; border: 0; border-radius: .5rem; background: ${colours[trade.provider]} }
  select { font-size: 1rem; padding: .3rem }
  small { color: #595959; display: block; margin: 1.5rem 0 }
</style>
<main>
  <h1 style="font-size:1.2rem">${titles[trade.provider]}</h1>
  <p>${escaped(trade.title)}</p>
  <strong>¥ ${yuan(trade.fen)}</strong>
  ${trade.state === 'waiting' ? form(back) : `<p role="status">${trade.state === 'paid' ? '已支付 Paid' : '已关闭 Closed'}</p>`}
  ${back ? `<p><a href="${escaped(back)}">返回商家 Back to the shop</a></p>` : ''}
  <small>沙箱演示，不产生真实资金。 A sandbox: no money moves.</small>
</main></html>`

const form = (back: string): string => `<form method="post">
    <input type="hidden" name="back" value="${escaped(back)}">
    <button>确认支付 Confirm</button>
    <small><label>回调方式 Callback
      <select name="manner">${manners.map(manner => `<option>${manner}</option>`).join('')}</select></label></small>
  </form>`
