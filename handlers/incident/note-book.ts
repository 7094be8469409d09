import type { Stage } from '../../policy/incident-deadlines.ts'
import type { TimeStep } from '../../policy/incident-steps.ts'
import type { Incident } from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { privateReader } from '../reader.ts'
import { nameDay, stageNames } from './deadline-words.ts'
import { nameTier } from './holders.ts'
import { describeIncident } from './words.ts'

/** To whoever has it in hand, or to who stands above them. */
type Role = 'holder' | 'superior'

interface Entry {
  incident: Incident
  stage: Stage
  /** Whoever has it in hand, by name. */
  holder: string
}

/** Collects what a run has to say, so that each person reads one message of each kind. */
export interface NoteBook {
  note(member: Member, step: TimeStep, role: Role, entry: Entry): void
  tell(desk: Desk): Promise<void>
}

interface Page {
  member: Member
  step: TimeStep
  role: Role
  entries: Entry[]
}

/** More cases than this in one message are counted, not read out. */
const SHOWN = 20

export function createNoteBook(): NoteBook {
  const pages = new Map<string, Page>()
  return {
    note(member, step, role, entry) {
      const key = `${member.id} ${step} ${role}`
      const page = pages.get(key) ?? { member, step, role, entries: [] }
      page.entries.push(entry)
      pages.set(key, page)
    },
    async tell(desk) {
      for (const page of pages.values()) {
        const [first] = page.entries
        const subject = page.entries.length === 1 && first ? { type: 'incident', id: first.incident.id } : undefined
        await desk.say.toMember(page.member, renderPage(desk, page), {
          kind: `incident-${page.step}`,
          urgency: 'normal',
          subject,
        })
      }
    },
  }
}

function renderPage(desk: Desk, { step, role, entries }: Page): string {
  const lines = entries.slice(0, SHOWN).map(entry => renderEntry(desk, step, role, entry))
  const rest = entries.length > SHOWN ? [`……共${entries.length}件`] : []
  return [HEADS[step][role], ...lines, ...rest].join('\n')
}

const HEADS: Record<TimeStep, Record<Role, string>> = {
  remind: { holder: '【时限提醒】快到期了，请抓紧办理：', superior: '【时限提醒】快到期：' },
  supervise: {
    holder: '【督办】时限已过，请今天办理并回“跟进 #编号 ……”；确有困难可回“延期 #编号 原因”：',
    superior: '【督办】下列事件时限已过，请督促：',
  },
  escalate: {
    holder: '【升级】督办后仍未办理：',
    superior: '【升级】督办后仍未办理，已升到您这一级，请协调，或回“#编号 转给……”：',
  },
}

function renderEntry(desk: Desk, step: TimeStep, role: Role, { incident, stage, holder }: Entry): string {
  const deadline = incident.deadlines[stage]
  const day = deadline ? `${stageNames[stage]} ${nameDay(deadline.day, desk.now)}（${deadline.arithmetic}）` : ''
  const who = role === 'superior' ? `，在办：${holder}` : ''
  const tier = step === 'escalate' ? `，${nameTier(desk, incident.tier)}一级` : ''
  return `#${incident.no} ${describeIncident(incident, desk.roster, privateReader)}：${day}${who}${tier}`
}
