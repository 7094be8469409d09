/** Who somebody is to the program, whatever the document calls them; a pack maps its own names to these. */
export const roleCodes = [
  'principal',
  'deputy',
  'office',
  'generalOffice',
  'communityLead',
  'communityGroupHead',
  'instructor',
  'leader',
  'worker',
  'liaison',
  'admin',
  /** Above the subdistrict: 县综治办, 县中心. */
  'countyOffice',
  /** Who checks the grids for the subdistrict: 考核工作领导小组, 创建领导小组. */
  'inspector',
  'justiceOffice',
  /** 一级总网格长 of a township. */
  'chief',
  /** 片区负责人 */
  'areaLead',
  /** 社区专干 */
  'specialist',
  /** 网格党小组长 */
  'partyGroupHead',
  /** 街巷长 of a micro grid. */
  'laneHead',
  /** 信息员 */
  'informant',
] as const
