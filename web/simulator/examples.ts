/** What somebody in each role would say first; clicking one puts it into the box. */
export const EXAMPLES: Record<string, string[]> = {
  worker: [
    '到岗了',
    '走访了3幢王奶奶，20分钟，身体挺好',
    '2号楼下井盖破了，容易绊倒',
    '明天上午请假半天，带孩子看病',
    '收到',
  ],
  leader: ['打卡', '巡查了沿街商铺，40分钟，没发现问题', '1号事件我来受理', '1号事件已办结', '今天谁没打卡'],
  instructor: ['未办结的事件有哪些', '1号事件处理得怎么样了', '今天谁没打卡'],
  liaison: ['帮助', '3号楼楼道堆满杂物'],
  communityLead: ['准假', '明天下午3点在社区会议室开网格周例会', '本周小结'],
  communityGroupHead: ['未办结的事件有哪些', '本周小结'],
  office: ['拟提示单：排查楼道电动车充电。要求：逐楼排查并登记。时间：本周五前完成。考核：漏查一处扣1分', '谁还没收到'],
  deputy: ['同意', '驳回，时间太紧'],
  principal: ['签发', '本周小结'],
  generalOffice: ['立即下发', '今天有哪些提示单'],
  admin: ['帮助'],
  resident: ['我们小区门口路灯不亮', '楼上一直漏水，没人管'],
  stranger: ['三号楼着火了，快来人！', '你好'],
}

export function examplesFor(roleCode: string | undefined): string[] {
  return EXAMPLES[roleCode ?? 'stranger'] ?? ['帮助']
}
