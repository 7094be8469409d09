import { findMemberDetail, insertMemberDetail } from '../../storage/member-details.ts'
import { voidRecord } from '../../storage/records.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { fieldNames, findField, lineOfKind, listKinds } from './file-fields.ts'
import { findPerson, managesStaff, NAME } from './people.ts'

const NOTE = new RegExp(
  `^\\s*记档案\\s*${NAME}\\s*(身份|(?:任职)?文号|平安通|补贴|党员|建档立卡户)\\s*[:：]?\\s*([\\s\\S]{0,80}?)\\s*[。]?\\s*$`,
  'u',
)

/** `记档案 张三 文号 望街〔2026〕3号`: what the office knows of somebody beside the roster. Source: S0-04, S2-20, S2-21, S2-46, S2-09, S4E-08 */
export const noteDetailCommand: Command = {
  name: 'noteMemberDetail',
  matches: NOTE,
  who: 'manageStaff',
  dialog: { as: 'communityLead', turns: [['记档案 李敏 文号 望街〔2026〕3号', '已记李敏的任职文号']] },
  async run(ctx) {
    const [, name, word, told] = NOTE.exec(ctx.text) ?? []
    const found = findPerson(ctx, name!)
    if ('refused' in found) return { ...found.refused, private: true }
    const { member } = found
    if (!managesStaff(ctx, member)) {
      return refuse('not-yours', `${member.name}不在您的社区，请由那里的社区书记或管理员记。`, { private: true })
    }
    const field = findField(word!)!
    const value = field === 'party' || field === 'poverty' ? (/^(?:否|不是|无)/u.test(told ?? '') ? '否' : '是') : told
    if (!value)
      return refuse('no-value', `请写明${fieldNames[field]}，如“记档案 ${member.name} ${word} ……”。`, { private: true })
    const kinds = listKinds(ctx.pack)
    if (field === 'kind' && kinds.length > 0 && !kinds.includes(value)) {
      return refuse('unknown-kind', `文件里网格员身份只有：${kinds.join('、')}，没有“${value}”。`, { private: true })
    }
    const { db, at, actor, message } = ctx
    const detail = { memberId: member.id, field, value, byId: actor.id, at, messageId: message.id }
    const { id } = await insertMemberDetail(db, detail)
    await ctx.record('created', { type: 'memberDetail', id }, { member: member.key, field })
    return tellNoted(ctx, member.name, field, value)
  },
}

function tellNoted({ pack }: Ctx, name: string, field: keyof typeof fieldNames, value: string): Answer {
  const line = field === 'kind' ? lineOfKind(pack, value) : undefined
  const scope = line ? `除网格工作外承担${line.name}（依据：${line.clause}）。` : ''
  return answer(`已记${name}的${fieldNames[field]}：${value}。${scope}回“档案 ${name}”可看。`, { private: true })
}

export const undoableMemberDetail: Undoable = {
  async describe({ db, roster }, id) {
    const detail = await findMemberDetail(db, id)
    if (!detail || detail.isVoided) return undefined
    return `${roster.memberById(detail.memberId)?.name}的${fieldNames[detail.field]}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'member_detail', id, { at: now, by: actor.id })
    return undefined
  },
}
