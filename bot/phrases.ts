/** What the conversation itself says; what a capability says stands in its handler. */
export const phrases = {
  apology: '抱歉，这条没处理成功，已记下并通知管理员；内容没有丢，稍后可再发一次。',
  unsupported: '这类消息我还看不懂，请用文字或图文再说一遍。',
  overQuota: '平台本月消息额度已用完，我没收到文字内容；已通知管理员。急事请直接打电话。',
  greeting: (name: string) => `您好，${name}。直接说一句就行，例如“到岗了”“走访了3幢王奶奶”；发“帮助”看我能记什么。`,
  friendly: '我在。发“帮助”看看我能记什么。',
  notYet: '这件事我还不会办，已记下。发“帮助”看看现在能办什么。',
  stranger: '您还不在网格名册里，我没法替您记工作；请找管理员登记。遇火情险情请先拨 110/119/120。',
  unreadable: (name: string) => `《${name}》里的字没能读出来，请把内容直接发文字给我（图片和扫描件也读不了）。`,
  privateNumber: '刚才那条含身份证号或电话号码，我这边已加密保存；请在群里撤回原消息，以免泄露。',
}
