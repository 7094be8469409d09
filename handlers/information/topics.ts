import type { InfoTopic } from '../slots.ts'

/** What an item is about, where the document names no kinds. */
export const topicNames: Record<InfoTopic, string> = {
  population: '人口',
  housing: '房屋',
  enterprise: '企业商铺',
  party: '党建',
  keyPerson: '重点人员',
  publicOpinion: '社情民意',
  policy: '政策宣传',
  other: '其他',
}

/** A stored code in words; one of an older program is 其他. */
export function nameTopic(code: string): string {
  return topicNames[code as InfoTopic] ?? topicNames.other
}
