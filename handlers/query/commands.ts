import type { Command } from '../handler.ts'
import { RECORD, tellBasis } from './basis.ts'
import { rule } from './rule.ts'
import { scheme } from './scheme.ts'

/** Questions about the document in its own terms. */
export const ruleCommands: readonly Command[] = [
  {
    name: 'tellRule',
    matches: /^\s*依据\s*S\d[A-E]?-\d{2}b?\s*$/i,
    who: 'queryOwn',
    dialog: { as: 'worker', turns: [['依据 S0-21', '16:00']] },
    run: rule,
  },
  {
    name: 'tellBasis',
    matches: new RegExp(`^\\s*依据\\s*${RECORD.source}\\s*$`),
    who: 'queryOwn',
    dialog: {
      as: 'worker',
      turns: [
        ['3号楼路灯坏了', '#1'],
        ['依据 #1', '版本1'],
      ],
    },
    run: tellBasis,
  },
  {
    name: 'tellScheme',
    matches: /^\s*考核方案\s*$/,
    who: 'queryOwn',
    dialog: { as: 'worker', turns: [['考核方案', '月度考核 80 分']] },
    run: scheme,
  },
]
