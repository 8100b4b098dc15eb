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
    'usage',
  ],
  'init.exists': ['已有管理员，未作更改', 'administrators are there already; nothing changed'],
  'export.usage': ['用法：silian export journal 项目 [--from 2025-01-01] [--to 2025-12-31] > 文件', 'usage'],
  'import.usage': [
    '用法：silian import areas 县名录.csv 变更.json ｜ silian import prices 行情.csv',
    'usage',
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
    'usage',
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
  'metrics.usage': ['用法：silian metrics rebuild 指标 [项目…]', 'usage'],
  'metrics.unknown': ['没有这个指标：{name}', 'no such metric'],
  'metrics.done': ['{programme}：{series} 已由 {entries} 条日志重建', 'made anew from the log'],
  usage: [
    '用法：silian start | init | migrate | import areas|prices FILE… | export journal … | check [programme] | metrics rebuild NAME | log succeed … | witness … | verify …',
    'usage',
  ],
} as const satisfies Record<string, readonly [string, string]>
