import { readFileSync } from 'node:fs'
import { parsePack } from '../../policy/pack.ts'

export const streetTeamYaml = readFileSync(new URL('../../policy/packs/street-team.yaml', import.meta.url), 'utf8')
export const streetTeam = parsePack(streetTeamYaml, 'street-team.yaml')
