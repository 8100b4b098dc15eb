import type { Problem, ProblemName } from './problems.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** A text in each language; `{name}` stands for a value. */
export type Message = Readonly<Record<Language, string>>

const of = (zh: string, en: string): Message => ({ zh, en })

export const problemMessages: Readonly<Record<ProblemName, Message>> = {
  'read.failed': of('无法读取：{reason}', 'could not be read: {reason}'),
  'vkey.malformed': of('验证公钥格式不对', 'the verifier key is malformed'),
  'vkey.unsupported': of('不支持的验证公钥类型 {type}', 'verifier key of unsupported type {type}'),
  'note.malformed': of('签名文件格式不对', 'the signed note is malformed'),
  'note.bad-signature': of('{name} 的签名不成立', 'the signature of {name} is bad'),
  'note.unsigned': of('没有该日志公钥的签名', 'not signed by the given key'),
  'checkpoint.malformed': of('检查点格式不对', 'the checkpoint is malformed'),
  'checkpoint.wrong-origin': of('检查点属于另一日志 {found}', 'the checkpoint is of another log, {found}'),
  'checkpoint.rolled-back': of('日志比旧检查点更短', 'the log is shorter than the older checkpoint'),
  'checkpoint.inconsistent': of(
    '日志不是旧检查点的延续：历史被改写',
    'the log does not extend the older checkpoint: history was rewritten',
  ),
  'checkpoint.stale': of('见证签名过旧，达不到策略要求', 'the cosignatures are too old for the policy'),
  'cosignature.bad': of('见证方 {name} 的签名不成立', 'the cosignature of {name} is bad'),
  'policy.malformed': of('信任策略文件第 {line} 行不对', 'the policy is malformed at line {line}'),
  'policy.no-quorum': of(
    '见证方不足：未达到策略所要求的 {quorum}',
    'not enough witnesses: the quorum {quorum} is not reached',
  ),
  'bundle.malformed': of('条目包格式不对', 'the bundle of entries is malformed'),
  'bundle.changed': of('两次读取的条目包不同', 'the bundle changed between two readings'),
  'root.mismatch': of('条目算出的根与签名的根不同', 'the entries do not give the signed root'),
  'tile.mismatch': of('哈希图块与条目不符', 'the hash tile differs from what the entries give'),
  'entry.not-canonical': of('条目不是规范 JSON', 'the entry is not canonical JSON'),
  'entry.shape': of('条目字段 {field} 不对', 'field {field} of the entry is wrong'),
  'entry.wrong-log': of('条目是为另一日志 {log} 所作', 'the entry was made for another log, {log}'),
  'entry.duplicate-id': of('编号 {id} 重复', 'id {id} is used twice'),
  'entry.unknown-key': of('签名密钥 {actor} 未登记', 'key {actor} is not registered'),
  'entry.revoked-key': of('签名密钥 {actor} 已吊销', 'key {actor} is revoked'),
  'entry.wrong-custody': of(
    '条目所称密钥保管方式与登记不符（{actor}）',
    'who holds key {actor} is stated otherwise than registered',
  ),
  'entry.bad-signature': of('条目签名不成立', 'the signature of the entry is bad'),
  'entry.unknown-ref': of(
    '所引事实 {ref} 不在此前条目中',
    'fact {ref}, which it rests on, is not among earlier entries',
  ),
  'countersignature.malformed': of(
    '反签不成立：它须由自持密钥签名，且只指明一条事实，编号和种类都与之相符',
    'the countersignature is none: it is by an own key and names one fact, by the id and kind that it has',
  ),
  'log.first-entry': of('首条不是 log.created', 'the first entry is not log.created'),
  'log.bad-succession': of(
    '日志改名 {log} 与此前的名称不衔接',
    'the log takes the name {log} in a way that does not follow',
  ),
  'log.created-again': of('log.created 重复出现', 'log.created appears again'),
  'key.malformed': of('密钥登记内容不对 {key}', 'the key fact is malformed {key}'),
  'key.not-by-operator': of(
    '密钥 {key} 的变更不是由运营方签名',
    'key {key} is changed by someone other than the operator',
  ),
  'key.registered-twice': of('密钥 {key} 重复登记', 'key {key} is registered twice'),
  'key.unknown': of('吊销了未登记的密钥 {key}', 'key {key} is revoked but was never registered'),
  'metric.malformed': of('指标定义 {metric} 不对', 'the definition of metric {metric} is malformed'),
  'metric.defined-twice': of('指标 {metric} 重复定义', 'metric {metric} is defined twice'),
  'metric.unknown': of(
    '公布了未定义的指标 {metric}',
    'a figure of metric {metric} comes before its definition',
  ),
  'fact.unmeasurable': of(
    '事实缺少指标 {metric} 所需的量或维度',
    'the fact lacks what metric {metric} measures',
  ),
  'figure.malformed': of('公布数字 {metric} {period} 格式不对', 'figure {metric} {period} is malformed'),
  'figure.bad-up-to': of(
    '公布数字 {metric} {period} 计入了其后的条目',
    'figure {metric} {period} claims entries after itself',
  ),
  'figure.closed-twice': of('{metric} {period} 重复公布', 'figure {metric} {period} is published twice'),
  'figure.mismatch': of(
    '{metric} {period} {cell}：应为 {expected}，公布为 {found}',
    '{metric} {period} {cell}: the entries give {expected}, published is {found}',
  ),
  'proof.malformed': of('证明文件格式不对', 'the proof is malformed'),
  'proof.extra-malformed': of('证明的附加内容格式不对', 'the extra line of the proof is malformed'),
  'proof.no-entry': of('证明不含条目，请用 --entry 给出', 'the proof holds no entry: give it with --entry'),
  'proof.not-included': of('该条目不在日志中', 'the log does not hold this entry'),
  'proof.bad-share': of('该份额不在所公布的数字之内', 'the amount is not in the published figure'),
  'sample.no-witness': of(
    '信任策略不要求见证：抽签的种子须出自公布方以外的人，不能抽样',
    'the policy asks for no witness: the lot must be drawn from the word of others than the publisher',
  ),
  'sample.own-witness': of(
    '见证方 {name} 的密钥由日志的运营方保管，不能用作抽签的种子',
    'the key of witness {name} is held by the operator of the log: no lot is drawn from it',
  ),
  'sample.no-figure': of('日志中没有这份公布数字', 'the log holds no such published figure'),
  'sample.no-statement': of('这份公布数字没有求和树声明', 'the figure states no sum tree'),
  'sample.too-early': of(
    '公布之后还没有达到法定数的见证：待日志有新条目并经见证后再抽样',
    'no quorum has seen the log behind this figure yet: draw when later entries have been witnessed',
  ),
  'sample.empty': of('合计为零，无可抽取', 'the sum is zero: there is nothing to draw from'),
  'sample.bad-opening': of(
    '公布方打开的不是第 {unit} 个单位落到的金额，或该金额不在声明之内',
    'what the publisher opened is not the amount on which unit {unit} falls, or does not stand in its statement',
  ),
  'total.same-log': of('{origin} 给出了两次', '{origin} is given twice'),
  'total.not-additive': of(
    '{metric} 数的是不同的对象，各地的数不能相加',
    '{metric} counts different subjects: figures of several logs do not add up',
  ),
  'total.other-definition': of(
    '{origin} 对 {metric} 的定义或单位与第一个日志不同',
    '{origin} defines {metric}, or its unit, otherwise than the first log',
  ),
  'total.mismatch': of(
    '各日志合计为 {expected}，所给为 {found}',
    'the logs add up to {expected}, given is {found}',
  ),
  'proof.bad-opening': of('隐藏字段 {field} 与承诺不符', 'hidden field {field} does not fit its commitment'),
}

export const lines = {
  badEvidence: of('不通过：{count} 个问题', 'BAD: {count} problems'),
  unreadable: of('未能读取，不能下结论', 'COULD NOT BE READ: no verdict'),
  problem: of('  {where}{message} [{name}]', '  {where}{message} [{name}]'),
  entry: of('第 {index} 条：', 'entry {index}: '),
  auditGood: of('通过：{origin}，{size} 条，根 {root}', 'GOOD: {origin}, {size} entries, root {root}'),
  extends: of('是旧检查点（{oldSize} 条）的延续', 'extends the older checkpoint of {oldSize} entries'),
  recomputed: of(
    '已核对图块 {tiles} 个、密钥 {keys} 把；重算公布数字 {checked} 份，另有 {unchecked} 份未重算、也不列出：比率、存量等，不是条目相加之数',
    'checked {tiles} tiles and {keys} keys; recomputed {checked} figures, {unchecked} more are neither recomputed nor listed: ratios, stocks and the like, which are no sums of entries',
  ),
  custody: of(
    '签名：本人自持密钥 {own} 条（{ownShare}），平台代管密钥 {held} 条（{heldShare}）',
    'signed by own keys {own} ({ownShare}), by keys held for their owners {held} ({heldShare})',
  ),
  grades: of(
    '可信等级：银行回单 {bank} 条，设备采集 {device} 条，当事方反签 {countersigned} 条，自行申报 {declared} 条',
    'on whose word: bank {bank}, device {device}, counter-signed {countersigned}, self-declared {declared}',
  ),
  figureShares: of(
    '{metric} {period} 合计 {whole}：有银行回单 {bank}，设备采集 {device}，当事方反签 {countersigned}；仅自行申报 {declared}',
    '{metric} {period}, {whole} in all: bank {bank}, device {device}, counter-signed {countersigned}; self-declared only {declared}',
  ),
  figureEmpty: of(
    '另有 {unlisted} 份已核对、未逐份列出：没有条目计入，重算为零',
    '{unlisted} more are checked and not listed: no entry counts in them, they are zero',
  ),
  facts: of('{count} 笔', '{count} facts'),
  succeeded: of(
    '注意：本日志接续 {name}，其末尾有条目遗失：见 log.succeeded 条目',
    'note: it succeeds {name}, whose last entries were lost: see its entry log.succeeded',
  ),
  witnessed: of('见证：{name}，{time}', 'witnessed by {name} at {time}'),
  unwitnessed: of(
    '没有可信见证方的签名：不能排除日志对不同的人出示不同的内容',
    'no cosignature of a trusted witness: the log may show others something else',
  ),
  types: of('种类：{types}', 'kinds: {types}'),
  gap: of(
    '注意：密钥 {actor} 的流水号自 {seq} 起不连续（{kind}），可能有事实未入日志',
    'note: running numbers of key {actor} do not join at {seq} ({kind}): facts may have been withheld',
  ),
  late: of(
    '注意：{type} 有 {count} 条迟报，最长 {days} 天（第 {index} 条）',
    'note: {count} of {type} were told late, the longest by {days} days (entry {index})',
  ),
  totalPart: of(
    '{origin}：第 {index} 条 {id}，{total} {unit}，{count} 笔，求和树根 {root}',
    '{origin}: entry {index}, {id}: {total} {unit}, {count} amounts, root {root}',
  ),
  totalGood: of(
    '合计：{metric} {period}，{logs} 个日志，{total} {unit}，{count} 笔',
    'TOTAL of {metric} {period} in {logs} logs: {total} {unit}, {count} amounts',
  ),
  totalLimit: of(
    '各数是否由其事实算出，请分别运行 audit',
    'not checked here: whether the entries give each figure; run audit for each',
  ),
  proofGood: of(
    '通过：{origin} 的 {size} 条中，第 {index} 条是 {type}，{at}，编号 {id}',
    'GOOD: entry {index} of the {size} in {origin} is {type}, {at}, id {id}',
  ),
  signedOwn: of('签名：本人自持密钥 {actor}', 'signed by key {actor}, which its owner alone holds'),
  signedHeld: of('签名：平台代管密钥 {actor}', 'signed by key {actor}, which is held for its owner'),
  wordBank: of(
    '可信等级：银行回单，前提是密钥 {actor} 登记为银行的：请运行 audit',
    'on whose word: a bank’s, provided that key {actor} is registered as one: run audit for that',
  ),
  wordDevice: of(
    '可信等级：设备采集，前提是密钥 {actor} 登记为设备的：请运行 audit',
    'on whose word: a device’s, provided that key {actor} is registered as one: run audit for that',
  ),
  wordCountersignature: of(
    '可信等级：它本身是当事方对 {type} {fact} 的反签',
    'on whose word: it is itself a party’s countersignature, of {type} {fact}',
  ),
  wordDeclared: of(
    '可信等级：自行申报；当事方是否另行反签，只有日志本身知道：请运行 audit',
    'on whose word: self-declared; whether a party countersigned it only the log tells: run audit for that',
  ),
  statedFigure: of(
    '公布数字 {metric} {period}：合计 {total}，{count} 笔',
    'figure {metric} {period}: {total} in all, {count} amounts',
  ),
  stated: of('所载 {name}：{amount}', 'it states {name}: {amount}'),
  proofLimit: of(
    '未核对签名密钥 {actor} 是否登记、引用是否存在：请运行 audit',
    'not checked here: whether key {actor} is registered and references exist; run audit for that',
  ),
  former: of(
    '条目是为日志的旧名 {name} 所作；日志后来改名为 {origin}，改名由运营方签名并在同一棵树中',
    'it was made for {name}, a former name of the log: how it came to be {origin} stands in the same tree, signed by the operator',
  ),
  splitBad: of('回执 {file}：', 'receipt {file}:'),
  splitSame: of(
    '一致：两份回执出自 {origin} 的同一棵树，{size} 条',
    'ONE LOG: both receipts come from the same tree of {origin}, {size} entries',
  ),
  splitExtends: of(
    '一致：{origin} 的 {size} 条与 {otherSize} 条是同一日志，短的是长的开头',
    'ONE LOG: of the trees of {size} and {otherSize} entries in {origin}, the smaller begins the larger',
  ),
  splitFork: of(
    '分叉：{origin} 的密钥签署了互不相容的两棵树（{size} 条与 {otherSize} 条）：日志对不同的人出示了不同的内容',
    'FORKED: the key of {origin} signed two trees, of {size} and {otherSize} entries, that cannot both be one log: it showed people different histories',
  ),
  splitWhere: of('不同之处在第 {start} 至 {last} 条', 'they differ in entries {start} to {last}'),
  splitNext: of(
    '这两份回执本身就是证据：请一并保存，交给审计部门和见证方',
    'the two receipts are the evidence: keep both, and give them to the auditors and the witnesses',
  ),
  splitUnconnected: of(
    '未发现矛盾，但不能下结论：{size} 条与 {otherSize} 条之间要靠日志本身相连，请用 --log 给出',
    'NO VERDICT: nothing speaks against one log, but only the log can connect {size} and {otherSize} entries: give it with --log',
  ),
  splitApart: of(
    '无从比较：一份出自 {origin}，另一份出自 {other}',
    'NOT COMPARABLE: one is of {origin}, the other of {other}',
  ),
  share: of(
    '份额：日志第 {logIndex} 条事实 {fact} 计入 {amount}，在 {metric} {period} 合计 {sum} 中占 [{from}, {to})',
    'share: fact {fact} at {logIndex} counts with {amount}, [{from}, {to}) of the {sum} of {metric} {period}',
  ),
  opening: of('已打开 {name}：{value}', 'opened {name}: {value}'),
  usage: of(
    '用法：silian-verify audit <网址或文件夹> <信任> [--old <旧检查点文件>] [--lang zh|en]\n' +
      '　　　silian-verify proof <文件.tlog-proof> <信任> [--entry <条目文件>] [--lang zh|en]\n' +
      '　　　silian-verify split <文件.tlog-proof> <另一文件.tlog-proof> <信任> [--log <网址或文件夹>] [--lang zh|en]\n' +
      '　　　silian-verify total <网址或文件夹>… --metric <指标> --month <YYYY-MM> --policy <信任策略文件> [--sum <合计>] [--lang zh|en]\n' +
      '信任：--vkey <公钥或文件>，或 --policy <信任策略文件> [--max-age <秒>]',
    'usage: silian-verify audit <url or folder> <trust> [--old <checkpoint file>] [--lang zh|en]\n' +
      '       silian-verify proof <file.tlog-proof> <trust> [--entry <file>] [--lang zh|en]\n' +
      '       silian-verify split <file.tlog-proof> <other.tlog-proof> <trust> [--log <url or folder>] [--lang zh|en]\n' +
      '       silian-verify total <url or folder>… --metric <name> --month <YYYY-MM> --policy <file> [--sum <total>] [--lang zh|en]\n' +
      'trust: --vkey <key or file>, or --policy <policy file> [--max-age <seconds>]',
  ),
} as const

/**
 * The message with its values filled in; a value that is not given leaves nothing behind. Control characters are
 * replaced, because values come from the evidence and could otherwise rewrite the reader's terminal.
 */
export const fill = (message: Message, language: Language, values: object = {}): string =>
  message[language].replace(/\{(\w+)\}/g, (_, name: string) =>
    printable((values as Record<string, unknown>)[name]),
  )

const printable = (value: unknown): string => String(value ?? '').replace(/\p{Cc}/gu, '\ufffd')

/** One line for a problem: where, what, and its stable name. */
export function describe({ name, path, index, detail }: Problem, language: Language): string {
  const entry = index === undefined ? '' : fill(lines.entry, language, { index })
  const where = path === undefined ? entry : `${path}: `
  return fill(lines.problem, language, {
    where,
    message: fill(problemMessages[name], language, detail),
    name,
  })
}
