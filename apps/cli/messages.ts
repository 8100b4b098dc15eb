/** What the commands say, in both languages. */
export const messages = {
  'start.database': ['启动数据库…', 'Starting the database'],
  'start.already': ['已在运行：{url}', 'already running there'],
  'start.loading': ['载入演示数据：{phase} {percent}%', 'loading the demonstration'],
  'start.accounts': ['演示账号（人物均为虚构）', 'Demonstration accounts; all persons are invented'],
  'start.bank': ['沙箱银行：{url}', 'sandbox bank'],
  'start.no_demo': [
    '没有演示数据；用 silian init 建立首批管理员',
    'no demonstration here; `silian init` makes the first administrators',
  ],
  'start.stopping': ['正在停止…', 'stopping'],
  'start.database_lost': ['数据库中断，正在恢复…', 'the database went away; recovering'],
  'init.done': [
    '已建立：{username}（{role}） 密码 {password}',
    'made; keep the password, it is not shown again',
  ],
  'init.usage': [
    '用法：silian init PROGRAMME --name 名称 --area 440300 --origin 主机/log/PROGRAMME [--name-en NAME]',
    'usage: silian init PROGRAMME --name NAME --area 440300 --origin HOST/log/PROGRAMME [--name-en NAME]',
  ],
  'init.exists': ['已有管理员，未作更改', 'administrators are there already; nothing changed'],
  'init.platform_admin': ['平台管理员', 'platform administrator'],
  'init.security_admin': ['安全管理员', 'security administrator'],
  'init.audit_admin': ['审计管理员', 'audit administrator'],
  'init.areas': [
    '已有本地及所属省的区划；结对县由 silian import areas 县名录.csv 变更.json 导入（docs/areas.md）',
    'the place and its province are known; the assisted counties come by that import',
  ],
  'export.usage': [
    '用法：silian export journal 项目 [--from 2025-01-01] [--to 2025-12-31] [--out 文件]',
    'usage: silian export journal PROGRAMME [--from 2025-01-01] [--to 2025-12-31] [--out FILE]',
  ],
  'export.kept': ['已写入 {file}', 'written'],
  'import.usage': [
    '用法：silian import areas 县名录.csv 变更.json（docs/areas.md）｜ silian import prices 行情.csv',
    'usage: silian import areas COUNTIES.csv CHANGES.json | silian import prices QUOTATIONS.csv',
  ],
  'import.refused': ['无法导入：{code} {params}', 'the file cannot be imported'],
  'import.progress': ['{done} 行，有误 {bad}', 'rows so far, bad'],
  'import.resumed': ['接着上次的第 {rows} 行', 'going on where the last run was cut off'],
  'import.fault': ['第 {row} 行 {column}：{code} {excerpt}', 'bad row'],
  'import.done': [
    '导入完成：{rows} 行，新增 {added}，未变 {unchanged}，有误 {bad}',
    'rows, new, unchanged, bad',
  ],
  'start.witness': ['见证方：{name} {url}', 'witness'],
  'log.usage': [
    '用法：silian log succeed 项目 --origin 主机/log/项目-2；silian log keys 项目；silian log add-key 项目 [--sm2]；silian log retire-key 项目 --key 编号',
    'usage: silian log succeed PROGRAMME --origin HOST/log/PROGRAMME-2; silian log keys PROGRAMME; silian log add-key PROGRAMME [--sm2]; silian log retire-key PROGRAMME --key ID',
  ],
  'log.key': ['{keyId}  {vkey}', 'in use'],
  'log.key_retired': ['{keyId}  {vkey}（已停用）', 'retired'],
  'log.key_added': [
    '新公钥 {vkey}：日志今后的每个树头也由它签名。请发给各见证方和核验人；都换好以后，再停用旧密钥',
    'give it to witnesses and readers, then retire the old key',
  ],
  'log.key_ended': ['{keyId} 已停用；它签过的仍然有效', 'retired; what it signed stays good'],
  'log.succeeded': [
    '日志改以 {origin} 续记，共 {size} 条；请把新公钥（/log/<项目>/vkey）交给各见证方',
    'the log goes on under this name; give the witnesses its new verifier key',
  ],
  'log.refused': ['未作更改：{code}', 'nothing changed'],
  'log.running': ['请先停止服务', 'stop the server first'],
  'audit.usage': [
    '用法：silian audit sample 日志网址 --figure 公布事实编号|指标/YYYY-MM --policy 信任策略 [--side plus|minus] [--confidence 95 --rate 1 | --n 299] [--key 密钥文件] [--again 样本.json] [--out 文件.json|csv|xlsx] [--json]；silian audit report 样本.json --out 底稿.xlsx；silian audit report 样本.json --findings 底稿.xlsx [--out 结论.xlsx]',
    'usage: silian audit sample URL --figure FACT|METRIC/YYYY-MM --policy FILE [--side plus|minus] [--confidence 95 --rate 1 | --n 299] [--key FILE] [--again SAMPLE.json] [--out FILE.json|csv|xlsx] [--json]; silian audit report SAMPLE.json --out SHEET.xlsx; silian audit report SAMPLE.json --findings SHEET.xlsx [--out REPORT.xlsx]',
  ],
  'audit.no_sample': [
    '{file} 不是已打开凭证的样本文件',
    'not a sample, or one whose vouchers are not opened',
  ],
  'audit.figure': [
    '{origin}：{metric} {period}（{side}）合计 {sum} {unit}，{count} 笔；公布于日志第 {index} 条 {fact}',
    'the figure',
  ],
  'audit.checkpoint': ['检查点：{size} 条，根 {root}', 'a checkpoint behind the figure'],
  'audit.witness': ['见证：{name}，{time}', 'witnessed by'],
  'audit.seed': ['种子：{seed}', 'seed, from the statement and the cosignatures'],
  'audit.drawn': [
    '抽取 {draws} 个单位（置信度 {confidence}%，可容忍虚增 {rate}%）',
    'units drawn, at a confidence, for a tolerable share',
  ],
  'audit.vouchers': [
    '请公布方出示 {vouchers} 张凭证：日志序号、事实、种类、订单编号、采购单位、供应商、入账金额、抽中次数、签名、等级、所依事实',
    'vouchers to be shown: log index, fact, kind, order number, buyer, seller, amount, times drawn, signed by, grade, rests on',
  ],
  'audit.signatures': [
    '已核对公布数字、抽中的事实、其所依事实和反签的签名；其余条目没有核对：须另对同一检查点运行 verify audit 并通过',
    'the signatures of the figure, the drawn facts, what they rest on and what bears them out are good; of all other entries nothing was checked: `verify audit` of the same checkpoint must have passed',
  ],
  'audit.signatures_none': [
    '还没有核对任何条目的签名：须另对同一检查点运行 verify audit 并通过',
    'no entry’s signature was checked yet: `verify audit` of the same checkpoint must have passed',
  ],
  'audit.unopened': [
    '公布方尚未打开（用 --key 给出可查阅该数字的密钥）；待打开的单位：',
    'not opened yet: give the key of a machine that may open the figure; the units are',
  ],
  'audit.scopes': [
    '服务器不允许这把密钥打开凭证：接口密钥须属于可查阅该数字的机构（如审计），权限范围含 metric.*（要查阅所依订单和数字，另加 order.read、figure.read）',
    'the key may not open vouchers: it needs the scope metric.* (to read the orders and figures behind them also order.read, figure.read), and an organisation that may open the figure',
  ],
  'audit.unread': ['无法读取：{reason}', 'could not be read'],
  'audit.kept': ['已写入 {file}', 'written'],
  'audit.open': [
    '还有 {open} 张凭证没有填写（日志序号 {indexes}）：是否见到，金额多少',
    'vouchers are not filled in yet',
  ],
  'key.usage': [
    '用法：silian key new 文件.pem [--passphrase-file 文件]；silian key register 文件.pem --url 网址/api/v1/p/项目 --client-key-file 文件 [--holder 单位] [--label 名称]；silian key sign 文件.pem --url … --client-key-file 文件 --fact 编号 [--yes]',
    'usage: silian key new FILE.pem [--passphrase-file FILE]; silian key register FILE.pem --url URL/api/v1/p/PROGRAMME --client-key-file FILE [--holder ORGANISATION] [--label NAME]; silian key sign FILE.pem --url … --client-key-file FILE --fact ID [--yes]',
  ],
  'key.made': [
    '密钥 {keyId} 已生成，存于 {file}，公钥 {publicKey}',
    'made; the file never leaves this machine',
  ],
  'key.registered': ['密钥 {keyId} 已为 {holder} 登记在日志 {log}', 'registered'],
  'key.shows': ['将签署：{type} {at} {said}（日志 {log}）', 'this is what you sign'],
  'key.differs': [
    '服务器给出的待签内容与该记录不符，没有签名',
    'what the server wants signed is not that fact: nothing was signed',
  ],
  'key.signed': ['已反签 {fact}', 'countersigned'],
  'key.refused': ['未被接受：{code}', 'refused'],
  'metrics.usage': [
    '用法：silian metrics rebuild 指标 [项目…]',
    'usage: silian metrics rebuild METRIC [PROGRAMME…]',
  ],
  'metrics.unknown': ['没有这个指标：{name}', 'no such metric'],
  'search.usage': ['用法：silian search rebuild [项目…]', 'usage: silian search rebuild [PROGRAMME…]'],
  'search.done': [
    '{programme}：{offers} 件在售商品已重新编入搜索',
    '{programme}: {offers} offers can be found anew',
  ],
  'metrics.done': ['{programme}：{series} 已由 {entries} 条日志重建', 'made anew from the log'],
  usage: [
    '用法：silian start | init … | migrate | import areas|prices 文件… | export journal … | check [项目] | metrics rebuild 指标 | search rebuild | log succeed|keys|add-key|retire-key … | witness … | key new|register|sign … | verify … | audit sample|report …',
    'usage: silian start | init … | migrate | import areas|prices FILE… | export journal … | check [PROGRAMME] | metrics rebuild METRIC | search rebuild | log succeed|keys|add-key|retire-key … | witness … | key new|register|sign … | verify … | audit sample|report …',
  ],
} as const satisfies Record<string, readonly [string, string]>
