/** In texts of WeCom and WeChat, somebody's `<a href>` would be a link and `<@id>` a mention: the sign reads alike and does nothing. */
export function neutralize(text: string): string {
  return text.replace(/<(?=[A-Za-z/@!])/g, '＜')
}
