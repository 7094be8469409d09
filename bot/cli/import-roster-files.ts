import { parsePack } from '../../policy/pack.ts'
import { dayOf } from '../../policy/time.ts'
import type { RosterChanges } from '../../storage/roster-import.ts'
import type { Config } from '../config.ts'
import { readPack } from '../pack-file.ts'
import { adoptPacks, allowedBases } from '../prepare.ts'
import { importRoster, renderFault } from '../roster/import-roster.ts'
import { readRosterFiles } from '../roster/read-files.ts'
import { CliError } from './cli-error.ts'
import { withDatabase } from './open.ts'

/** Imports a folder or a workbook. @returns what is to be said about it @throws {CliError} with every bad line */
export async function importRosterFiles(config: Config, path: string): Promise<string[]> {
  const files = await readRosterFiles(path)
  return withDatabase(
    config,
    async ({ store, nowMs }) => {
      const { name, yaml } = readPack(config.policyPack)
      const options = {
        now: nowMs,
        today: dayOf(nowMs),
        pack: parsePack(yaml, name),
        allowedBases: allowedBases(config),
      }
      const imported = await importRoster(store, files, options)
      if (!imported.ok) {
        throw new CliError(
          `名册有误，什么都没有导入：\n${imported.faults.map(fault => `  - ${renderFault(fault)}`).join('\n')}`,
        )
      }
      const packs = await adoptPacks(store, config.policyPack, nowMs)
      return [renderChanges(imported.changes), ...packs, ...imported.warnings.map(warning => `注意：${warning}`)]
    },
    { creates: true },
  )
}

const names: Record<keyof RosterChanges, string> = {
  streets: '街道',
  grids: '网格',
  members: '人员',
  groups: '群',
  units: '单位',
  places: '地点',
  households: '住户',
  visitTargets: '走访对象',
}

function renderChanges(changes: RosterChanges): string {
  const told = Object.entries(names).map(([what, name]) => ({ name, count: changes[what as keyof RosterChanges] }))
  const changed = told.filter(({ count }) => count > 0)
  if (changed.length === 0) return '与现有名册一致，没有改动。'
  return `名册已导入，新增或改动：${changed.map(({ name, count }) => `${name} ${count}`).join('，')}。`
}
