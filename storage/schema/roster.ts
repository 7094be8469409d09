import type { Millis, Row, Sealed } from './columns.ts'

/** The organisation: grids and their places, people with dated roles, chats, units. */
export interface RosterTables {
  grid: Row & {
    grid_no: number
    grid_code: string
    name: string
    community: string
    kind: 'ordinary' | 'dedicated'
    households: number | null
    residents: number | null
    /** Of its community: 社情复杂 or 其他. */
    area_class: 'intricate' | 'other' | null
    /** 党组织设置, as the document names it. */
    party_mode: string | null
    /** The grid it was split from. */
    predecessor_id: string | null
    /** The grid that took it in. */
    successor_id: string | null
    from_day: string
    /** Before `from_day`: a change that was taken back. */
    to_day: string | null
    /** The middle of the grid in degrees; all three or none. */
    center_lat: number | null
    center_lng: number | null
    center_datum: 'WGS-84' | 'GCJ-02' | null
  }
  member: Row & {
    /** The key of the person on the outside surface, fixed at first import. */
    key: string
    name: string
    phone: Sealed | null
    phone_index: string | null
    dingtalk_id: string | null
    wecom_id: string | null
    joined_on: string | null
    /** JSON list: 职务 outside the grid (书记, 社工). */
    titles: string | null
    /** 出生日期. */
    born: Sealed | null
    status: 'active' | 'left'
    /** The channel the person last wrote on: private messages go there. */
    last_channel: string | null
    created_at: Millis
  }
  member_role: Row & {
    member_id: string
    role: string
    role_name: string
    employment: 'fullTime' | 'partTime' | null
    community: string | null
    grid_id: string | null
    office: string | null
    /** JSON list of the offices a deputy supervises. */
    supervises: string | null
    /** 代理人: the name of who stands in. */
    stand_in: string | null
    /** 点位 of a 网格指导员, the lane of a 街巷长. */
    point: string | null
    from_day: string
    to_day: string | null
  }
  chat_group: Row & {
    name: string
    scope: 'street' | 'community' | 'grid'
    community: string | null
    grid_id: string | null
  }
  chat: Row & {
    group_id: string | null
    channel: string
    kind: 'group' | 'direct'
    platform_id: string | null
    webhook: Sealed | null
    session: Sealed | null
    session_expires_at: Millis | null
    state: 'open' | 'dead'
  }
  unit: Row & { name: string; contact: Sealed | null; chat_platform_id: string | null }

  /** A place that people name, and the grid it lies in; on a border it stands once for each grid. */
  grid_place: Row & {
    grid_id: string
    name: string
    /** JSON list. */
    aliases: string
    kind: 'building' | 'gate' | 'shop' | 'firm' | 'station' | 'other'
    /** WGS-84. */
    lat: number | null
    lng: number | null
  }
}
