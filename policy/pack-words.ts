import { z } from 'zod'

/** What the keys of a pack are called before people who edit it; an array's members are called by their place. */
const keyNames: Readonly<Record<string, string>> = {
  id: '规则包编号',
  title: '文件名称',
  version: '版本',
  effective: '施行日期',
  from: '起',
  to: '止',
  parent: '依据文件',
  value: '值',
  rule: '规则编号',
  clause: '原文条款',
  status: '来源',
  what: '缺少的内容',
  roles: '角色',
  code: '角色代码',
  scope: '范围',
  employment: '用工',
  actions: '权限',
  sla: '办理时限',
  stage: '环节',
  limit: '期限',
  unit: '单位',
  count: '数量',
  time: '时刻',
  shift: '遇节假日',
  pauseStates: '暂停状态',
  endStates: '结束状态',
  holidayShift: '遇节假日',
  quota: '数量要求',
  of: '对象',
  per: '周期',
  atLeast: '至少',
  visitLists: '走访名单',
  patrol: '走访巡查',
  visitsPerWorkday: '每个工作日走访次数',
  attendance: '考勤',
  due: '应打卡人员',
  exempt: '无需打卡人员',
  onBy: '上班时间',
  offFrom: '下班时间',
  graceMinutes: '宽限分钟',
  splitAt: '上下班分界',
  repeatMinutes: '重复打卡分钟',
  mergeMinutes: '合并答复分钟',
  sources: '打卡来源',
  notice: '工作提示单',
  cutoff: '下发截止',
  compileAt: '汇总下发',
  nudgesAt: '催办时刻',
  lateUntil: '迟发截止',
  deferredAt: '顺延下发',
  parts: '四项内容',
  content: '工作内容',
  requirement: '任务要求',
  appraisal: '考核规定',
  chain: '审批环节',
  step: '步骤',
  role: '角色',
  receivers: '接收人员',
  observers: '知悉人员',
  incident: '事件',
  urgentTo: '紧急报告对象',
  urgentAckMinutes: '紧急应答分钟',
  urgentFallback: '无人应答时',
  emergencyNumbers: '报警电话',
  owner: '负责人',
  meetings: '会议',
  kind: '类型',
  name: '名称',
  period: '周期',
  attendees: '参会人员',
  mayMerge: '可合并召开',
  reminders: '提醒',
  dayBeforeAt: '前一日提醒',
  minutesBefore: '提前分钟',
  dayOfAt: '当日提醒',
  leave: '请假',
  approver: '审批人',
  approverOf: '特定角色的审批人',
  undo: '撤销',
  withinMinutes: '可撤销分钟',
  quietHours: '静默时段',
  nonWorkdays: '非工作日静默',
  summary: '周小结',
  at: '时刻',
  score: '考核',
  total: '总分',
  items: '项目',
  points: '分值',
  gaps: '原文缺项',
  rank: '排名',
  tie: '同分',
  publish: '公布',
  awards: '奖励',
  yuanPerWorker: '每名网格员奖金',
  penalties: '处理',
  needsSignature: '须负责人签字',
  when: '情形',
  admission: '准入',
  gate: '准入审核',
  privacy: '隐私',
  maskInGroups: '群内遮盖',
  closedLedgers: '不公开台账',
  emergencyMode: '应急模式',
}

/** `考勤 › 上班时间 › 值（attendance.onBy.value）`. */
export function describeKeyPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '整个文件'
  const words = path.map(key => (typeof key === 'number' ? `第${key + 1}项` : (keyNames[String(key)] ?? String(key))))
  return `${words.join(' › ')}（${path.join('.')}）`
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字（请加引号）',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表（[ ]）',
  object: '键和值（{ }）',
  record: '键和值（{ }）',
}

/** A fault in the words of somebody who edits a pack; the rest in the library's Chinese. */
export const describeIssue: z.core.$ZodErrorMap = issue => {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? '缺少这一项' : `应为${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'unrecognized_keys') return `不认识的键：${issue.keys.join('、')}`
  if (issue.code === 'invalid_value') return `应为以下之一：${issue.values.join('、')}`
  if (issue.code === 'invalid_union') return '写法不对，请对照内置规则包'
  if (issue.code === 'too_small') return describeTooSmall(issue.origin, issue.minimum)
  return z.locales.zhCN().localeError(issue)
}

function describeTooSmall(origin: string, minimum: number | bigint): string {
  if (origin === 'string') return '不能为空'
  return origin === 'array' ? `至少要有${minimum}项` : `不能小于${minimum}`
}
