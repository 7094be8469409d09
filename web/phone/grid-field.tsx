import type { PageData } from '../shared/phone-api.ts'

/** Only for those who serve in several grids: which of them it was. */
export function GridField(props: { grids: PageData['grids']; gridNo?: number; setGridNo(no: number): void }) {
  const { grids, gridNo, setGridNo } = props
  if (grids.length < 2) return null
  return (
    <div class="field">
      <label for="grid">哪个网格</label>
      <select id="grid" value={gridNo} onChange={event => setGridNo(Number(event.currentTarget.value))}>
        {grids.map(({ no, name }) => (
          <option value={no} key={no}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The one chosen; undefined where there was nothing to choose. */
export function firstGrid(grids: PageData['grids']): number | undefined {
  return grids.length > 1 ? grids[0]?.no : undefined
}
