import type { Pack } from '../../policy/pack.ts'
import type { MemberDetail } from '../../storage/member-details.ts'

/** What the fields of somebody's file are called, in the order in which it shows them. */
export const fieldNames: Readonly<Record<MemberDetail['field'], string>> = {
  kind: '身份',
  document: '任职文号',
  device: '平安通',
  allowance: '补贴',
  party: '党员',
  poverty: '建档立卡户',
}

/** The field that a word of the office names: 文号 and 任职文号 are one. */
export function findField(word: string): MemberDetail['field'] | undefined {
  const fields = Object.entries(fieldNames) as [MemberDetail['field'], string][]
  return fields.find(([, name]) => name === word || name.endsWith(word))?.[0]
}

/** 社会治理协管员, 社工: the kinds of employment that the document names. Source: S0-04 */
export function listKinds({ lists }: Pack): string[] {
  return lists.find(({ value }) => value.key === 'employmentKinds')?.value.names ?? []
}

/** What a kind is charged with beside the grid: 社工 with the first of the two lines that the clause names, 协管员 with the second. Source: S0-16 */
export function lineOfKind({ lists }: Pack, kind: string): { name: string; clause: string } | undefined {
  const lines = lists.find(({ value, rule }) => value.key === 'workLines' && rule === 'S0-16')
  const name = lines?.value.names[kind === '社工' ? 0 : 1]
  return lines && name ? { name, clause: lines.clause } : undefined
}
