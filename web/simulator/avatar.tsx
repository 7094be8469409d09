/** A coloured square with the end of a name; the name itself always stands beside it. */
export function Avatar({ name, kind = '' }: { name: string; kind?: string }) {
  return (
    <span class={`avatar ${kind}`} aria-hidden="true">
      {Array.from(name).slice(-2).join('')}
    </span>
  )
}
