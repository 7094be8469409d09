import type { Command } from '../handler.ts'
import { closingCommands } from './closing.ts'
import { defineStep } from './command.ts'
import { endingCommands } from './endings.ts'
import { dispatchIncident, escalateIncident } from './hand-on.ts'
import { helpCommand } from './helpers.ts'
import { holdCommands } from './hold-commands.ts'
import { judgeCommands } from './judge-case.ts'
import { noteIncident } from './remark.ts'
import { whistleCommands } from './whistle.ts'

/** `上报 #12 消安办`, `上报 #12`. Source: S0-11 */
const escalate = defineStep({
  name: 'escalateIncident',
  step: 'escalate',
  word: '上报(?=\\s*(?:事件)?\\s*[#＃])',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['上报 #1 消安办', '由消安办办理'],
    ],
  },
  run: (ctx, incident, rest) => escalateIncident(ctx, incident, rest || undefined),
})

/** `移交 #12 消安办 不属网格职责`: to whom, then why. Source: S3A-24 */
const transfer = defineStep({
  name: 'transferIncident',
  step: 'dispatch',
  word: '(?:移交|转办|转交)(?=\\s*(?:事件)?\\s*[#＃])',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['移交 #1 消安办 不属网格职责', '已转消安办'],
    ],
  },
  run: (ctx, incident, rest) => {
    const [, to, reason] = /^(?:给|到)?\s*([^\s,，:：]+)[\s,，:：]*(.*)$/su.exec(rest) ?? []
    return dispatchIncident(ctx, incident, { to, reason: reason?.trim() || undefined })
  },
})

/** `跟进 #3 已疏散12人`: the log of a case, also across a change of shift. Source: S0-14 */
const follow = defineStep({
  name: 'followIncident',
  step: 'note',
  word: '跟进',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['跟进 #1 已联系电工', '已补充'],
    ],
  },
  run: (ctx, incident) => noteIncident(ctx, incident),
})

/** The steps of a case that are asked for by a fixed word. */
export const incidentCommands: readonly Command[] = [
  escalate,
  transfer,
  follow,
  helpCommand,
  ...holdCommands,
  ...whistleCommands,
  ...judgeCommands,
  ...endingCommands,
  ...closingCommands,
]
