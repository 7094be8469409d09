import type { RoleCode } from '../../policy/pack.ts'
import type { Part } from './cast.ts'
import type { PhotoName } from './photos.ts'

/** One moment of the day: the clock moves to `at`, and where somebody speaks, they speak. */
export interface Line {
  /** Local time of the demo day. */
  at: string
  /** Default: the demo day. Every working day that its week has left, or the first of the next week. */
  on?: 'restOfWeek' | 'nextWeek'
  who?: Part
  /** Everybody in these posts says it in their own group, one after the other without a pause; each `skip`th forgets. */
  everybody?: { roles: RoleCode[]; skip?: number }
  /** Chat id; a private chat with the bot where none is given. */
  in?: string
  /** `{fire}` is the number that the answer to the line called `fire` told: numbers go on where the street has got to. */
  say?: string
  photo?: PhotoName
  as?: string
}

export interface Scene {
  /** What it shows, one line for the people who watch. */
  title: string
  lines: Line[]
}

export const STARTS_AT = '08:05'

/** A whole working day of the demo street. All five capabilities show; nobody and nothing in it is real. */
export const demoDay: readonly Scene[] = [
  {
    title: '① 上班打卡：说一句就记上，迟到的私下提醒',
    lines: [
      { at: '08:05', who: 'worker@G01', in: 'G01', say: '到岗了' },
      { at: '08:07', who: 'worker2@G01', in: 'G01', say: '打卡' },
      { at: '08:09', who: 'leader@G01', in: 'G01', say: '上班打卡' },
      { at: '08:12', who: 'worker@G02', in: 'G02', say: '俺到岗咧' },
      { at: '08:14', who: 'worker2@G02', in: 'G02', say: '到岗' },
      { at: '08:15', who: 'worker@G03', in: 'G03', say: '打卡上班' },
      { at: '08:17', who: 'worker@G04', in: 'G04', say: '已到岗' },
      { at: '08:20', who: 'worker@G05', in: 'G05', say: '签到' },
      { at: '08:24', who: 'worker@G06', in: 'G06', say: '到岗了' },
      { at: '08:26', who: 'worker@G07', in: 'G07', say: '打卡' },
      { at: '08:29', everybody: { roles: ['worker'], skip: 9 }, say: '到岗' },
      { at: '08:47', who: 'worker2@G03', in: 'G03', say: '到岗了，路上堵车' },
    ],
  },
  {
    title: '② 走访、巡查、信息：一句话进台账',
    lines: [
      { at: '09:05', who: 'worker@G01', in: 'G01', say: '走访了3幢王奶奶，聊了20分钟，身体挺好，燃气阀门已帮她检查' },
      { at: '09:20', who: 'worker@G02', in: 'G02', say: '巡查了柳荫路沿线，40分钟，2公里，没发现问题' },
      { at: '09:32', who: 'worker@G04', in: 'G04', say: '采集信息：5号楼402新搬来一户租客，3口人' },
      { at: '09:40', who: 'worker@G05', in: 'G05', say: '走访了李建国家，15分钟' },
      { at: '09:41', who: 'worker@G05', in: 'G05', say: '撤销' },
      { at: '09:42', who: 'worker@G05', in: 'G05', say: '走访了李建设家，15分钟' },
    ],
  },
  {
    title: '③ 会议：一句话约好；请假：书记一句话就批',
    lines: [
      { at: '09:50', who: 'communityLead@C01', in: 'C01', say: '今天下午2点在社区会议室开网格周例会' },
      { at: '10:05', who: 'worker@G06', say: '明天上午请假半天，带孩子看病' },
      { at: '10:08', who: 'communityLead@C02', say: '准假' },
    ],
  },
  {
    title: '④ 紧急事件：先报警，网格长和指导员马上知道',
    lines: [
      {
        at: '10:25',
        who: 'worker@G03',
        in: 'G03',
        say: '2号楼楼道电动车起火，冒黑烟，快来人！',
        photo: 'smoke',
        as: 'fire',
      },
      { at: '10:27', who: 'leader@G03', in: 'G03', say: '{fire}号事件我来受理' },
      { at: '10:52', who: 'leader@G03', in: 'G03', say: '{fire}号事件已办结，明火扑灭，无人受伤' },
      { at: '11:10', who: 'worker@G07', in: 'G07', say: '桥头路灯坏了两盏，晚上很黑', photo: 'lamp' },
    ],
  },
  {
    title: '③ 会议：到点提醒，到场签到',
    lines: [
      { at: '13:31' },
      { at: '13:55', who: 'worker@G01', in: 'C01', say: '会议签到' },
      { at: '13:56', who: 'leader@G02', in: 'C01', say: '会议签到' },
      { at: '13:57', who: 'worker@G03', in: 'C01', say: '会议签到' },
      {
        at: '14:40',
        who: 'communityLead@C01',
        in: 'C01',
        say: '会议纪要：通报上周走访情况，本周重点查楼道电动车，周五前各网格报进度',
      },
    ],
  },
  {
    title: '⑤ 工作提示单：缺一项就问，两级审批，16:00 前到群',
    lines: [
      {
        at: '14:50',
        who: 'office:消安办',
        say: '拟提示单：排查楼道电动车停放充电。要求：逐楼逐户排查，发现违规当场清理并登记。时间：本周五前完成',
        as: 'notice',
      },
      { at: '14:53', who: 'office:消安办', say: '漏查一处，扣网格1分' },
      { at: '15:01' },
      { at: '15:06', who: 'deputy:消安办', say: '同意' },
      { at: '15:20', who: 'principal', say: '签发' },
      { at: '15:45' },
      { at: '15:47', who: 'worker@G01', in: 'G01', say: '收到' },
      { at: '15:48', who: 'leader@G01', in: 'G01', say: '收到' },
      { at: '15:49', who: 'worker@G02', in: 'G02', say: '收到' },
      { at: '15:50', everybody: { roles: ['leader', 'worker'], skip: 12 }, say: '收到' },
      { at: '15:52', who: 'worker@G01', in: 'G01', say: '{notice}号提示单已排查12栋楼' },
      { at: '15:55', who: 'office:消安办', say: '谁还没收到' },
      { at: '16:05' },
    ],
  },
  {
    title: '下班打卡，查自己的一天',
    lines: [
      { at: '17:31', who: 'worker@G01', in: 'G01', say: '下班了' },
      { at: '17:33', who: 'worker@G02', in: 'G02', say: '下班打卡' },
      { at: '17:35', who: 'worker@G01', say: '我今天的打卡情况' },
    ],
  },
  {
    title: '下周一 08:30：周小结自己写好，送到各社区和街道群',
    lines: [
      { at: '08:20', on: 'restOfWeek', everybody: { roles: ['worker'], skip: 15 }, say: '到岗' },
      { at: '08:30', on: 'nextWeek', in: 'S01' },
    ],
  },
]
