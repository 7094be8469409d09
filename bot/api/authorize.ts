import { createHash, timingSafeEqual } from 'node:crypto'
import { ApiError } from './api-error.ts'

/**
 * @param header the request's `Authorization`
 * @throws {ApiError} 401 unless it is `Bearer` and the token; compared in constant time, whatever its length
 */
export function authorize(header: string | undefined, adminToken: string): void {
  const [, token] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? []
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const isAdmin = token !== undefined && timingSafeEqual(digest(token), digest(adminToken))
  if (!isAdmin) throw new ApiError(401, 'unauthorized', '请在 Authorization 头里带上管理令牌：Bearer ADMIN_TOKEN。')
}
