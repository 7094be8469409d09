import { type RosterFiles, readTable } from '../../bot/roster/read-files.ts'

/** Roster files from their texts, as if they lay in a folder. */
export function rosterFiles(texts: Record<string, string | Uint8Array>): RosterFiles {
  const found = Object.entries(texts).map(([file, text]) =>
    readTable(file, typeof text === 'string' ? new TextEncoder().encode(text) : text),
  )
  return { tables: found.flatMap(one => one.tables), faults: found.flatMap(one => one.faults) }
}

export const GRIDS = `网格号,网格名称,社区,类型,网格编码,户数,常住人口
1,第一网格,桃源社区,普通,TY01,300,900
2,第二网格,桃源社区,专属,TY02,,
1,第一网格,锦江社区,普通,JJ01,280,800
4,第四网格,锦江社区,普通,JJ04,280,800
`

const MEMBER_HEADER = '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期,单位,分管,代理人'

/** A members.csv of these lines; the first is line 2. */
export function members(...lines: string[]): string {
  return `${[MEMBER_HEADER, ...lines].join('\n')}\n`
}

export const MEMBERS = members(
  '陈桂芳,网格长,桃源社区,1,13800000001,ding-chen,,在岗,2024-03-01,,,',
  '李敏,专职网格员,桃源社区,1,13800000002,,wx-limin,在岗,,,,',
  '徐伟,网格指导员,桃源社区,1,13800000003,,,在岗,,,,钱进',
  '徐伟,网格指导员,桃源社区,2,13800000003,,,在岗,,,,',
  '王强,兼职网格员,锦江社区,4,,,,在岗,,,,',
  '沈国华,社区书记,桃源社区,,,,,在岗,,,,',
  '钱进,科室,,,,,,在岗,,消安办,,',
  '高文远,分管领导,,,,,,在岗,,,消安办;平安办,',
)

export const GROUPS = `群名,平台,会话ID,范围,社区,网格号,推送地址
桃源一网格群,钉钉,cid-1,网格,桃源社区,1,https://oapi.dingtalk.com/robot/send?access_token=abc
桃源一网格企微群,企微,wr-1,网格,桃源社区,1,
桃源社区群,钉钉,,社区,桃源社区,,
街道群,模拟,S01,街道,,,
`

export const UNITS = `街道,单位,联系人,会话ID
望江街道,供电所,老周 13811112222,
`

export const ROSTER = { 'grids.csv': GRIDS, 'members.csv': MEMBERS, 'groups.csv': GROUPS }
