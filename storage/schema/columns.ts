/** What stands in one column; `Sealed` holds personal data, sealed by the vault for exactly its table, column and row. */
export type Sealed = string
export type Millis = number
export type Flag = 0 | 1

export interface Row {
  id: string
  subdistrict_id: string
}

/** A record that can be taken back: the row stays. */
export interface Voidable {
  voided_at: Millis | null
  voided_by: string | null
}
