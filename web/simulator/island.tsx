import { render } from 'preact'
import { readPageData } from '../shared/document.tsx'
import { Simulator } from './simulator.tsx'

const root = document.getElementById('app')
if (root) {
  root.replaceChildren()
  render(<Simulator {...readPageData<{ botName: string; street: string }>()} />, root)
}
