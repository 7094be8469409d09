/** Which addresses that came from outside the program may be called: reply addresses and download links (SSRF guard). */

export interface UrlGuard {
  /** A session webhook or the webhook of a group's robot. */
  isReplyUrl(this: void, url: string): boolean
  /** A pre-signed link to a picture or file; DingTalk stores them on changing hosts and sometimes hands out plain http. */
  isDownloadUrl(this: void, url: string): boolean
}

/** Where DingTalk keeps what people send. Every sub-domain, never the bare suffix glued to something else. */
const DOWNLOAD_SUFFIXES = ['.dingtalk.com', '.aliyuncs.com']

export function createUrlGuard(bases: { apiBase: string; oapiBase: string }): UrlGuard {
  const origins = new Set([new URL(bases.apiBase).origin, new URL(bases.oapiBase).origin])
  return {
    isReplyUrl(text) {
      const url = parseUrl(text)
      return url !== undefined && origins.has(url.origin) && /^\/(v1\.0\/)?robot\//.test(url.pathname)
    },
    isDownloadUrl(text) {
      const url = parseUrl(text)
      if (url === undefined) return false
      // Loopback and private addresses only ever pass here: as the very base somebody configured.
      if (origins.has(url.origin)) return true
      return url.port === '' && DOWNLOAD_SUFFIXES.some(suffix => url.hostname.endsWith(suffix))
    },
  }
}

/** http(s) without user info. Only printable ASCII without backslashes: the URL parser would quietly drop, turn or re-spell the rest. */
function parseUrl(text: string): URL | undefined {
  if (text.length > 4096 || !/^[\x21-\x5b\x5d-\x7e]+$/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  return isHttp && url.username === '' && url.password === '' ? url : undefined
}
