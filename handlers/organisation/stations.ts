import { answer, type Command } from '../handler.ts'
import { listGridsInView } from './in-view.ts'

/** 网格驿站 of the roster, by grid. Source: S4D-35 */
export const stationsCommand: Command = {
  name: 'listStations',
  matches: /^\s*(?:网格)?驿站(?:列表|名单)?\s*[?？。]?\s*$/u,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['驿站', '还没有登记网格驿站']] },
  async run(ctx) {
    const grids = listGridsInView(ctx)
    const stations = ctx.roster.places.filter(({ kind }) => kind === 'station')
    const lines = grids.flatMap(({ id, community, no }) => {
      const own = stations.filter(({ gridId }) => gridId === id).map(({ name }) => name)
      return own.length > 0 ? [`${community}第${no}网格：${own.join('、')}`] : []
    })
    const count = stations.filter(({ gridId }) => grids.some(({ id }) => id === gridId)).length
    const stated = ctx.pack.figures.find(({ rule }) => rule === 'S4D-35')
    const beside = stated ? `（文件所列${stated.value.count}${stated.value.unit}）` : ''
    if (count === 0) return answer(`还没有登记网格驿站${beside}；在 places.csv 里类型写“驿站”。`)
    return answer([`网格驿站${count}个${beside}：`, ...lines].join('\n'))
  },
}
