import { describe, expect, it } from 'vitest'
import { findFault, toPlatformError } from '../../../bot/channels/dingtalk/errors.ts'
import type { Answer } from '../../../bot/channels/http.ts'

function answer(status: number, body: unknown, more: Partial<Answer> = {}): Answer {
  return { status, body, head: typeof body === 'string' ? body : JSON.stringify(body ?? ''), ...more }
}

function fresh(status: number, code: string): Answer {
  return answer(status, { code, message: '不合法的 access_token=abc', requestid: '30EE8654' })
}

function old(errcode: number | string, more: object = {}): Answer {
  return answer(200, { errcode, errmsg: '错误描述 access_token=abc', request_id: '5imj', ...more })
}

const MINUTE = 60_000

describe('an answer of the platform', () => {
  it.each([
    ['the new API, 200', answer(200, { processQueryKey: 'k' })],
    ['the old API, 0', old(0)],
    ['the old API, "0"', old('0')],
  ])('is good: %s', (_name, good) => {
    expect(findFault(good)).toBeUndefined()
  })

  it.each([
    ['InvalidAuthentication', fresh(400, 'InvalidAuthentication'), 'token', undefined],
    ['40014', old(40014), 'token', undefined],
    ['"40014" as text', old('40014'), 'token', undefined],
    ['88 around 40014', old(88, { sub_code: '40014' }), 'token', undefined],
    ['42001', old(42001), 'token', undefined],
    ['authFailed', fresh(401, 'authFailed'), 'credentials', undefined],
    ['invalidClientIdOrSecret', fresh(400, 'invalidClientIdOrSecret'), 'credentials', undefined],
    ['40089', old(40089), 'credentials', undefined],
    ['no permission', fresh(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied'), 'credentials', undefined],
    ['88 around 60011', old(88, { sub_code: '60011' }), 'credentials', undefined],
    ['IP not allowed', fresh(403, 'Forbidden.AccessDenied.IpNotInWhiteList'), 'credentials', undefined],
    ['60020', old(60020), 'credentials', undefined],
    ['token of another app', fresh(400, 'invalidParameter.robotCode.auth'), 'credentials', undefined],
    ['QPS of the app', fresh(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'), 'throttled', 1000],
    ['QPS of all', fresh(403, 'Forbidden.AccessDenied.QpsLimitForApi'), 'throttled', 1000],
    ['QPM of the app', fresh(403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'), 'throttled', MINUTE],
    ['90018', old(90018), 'throttled', 1000],
    ['90002', old(90002), 'throttled', 1000],
    ['45009', old(45009), 'throttled', MINUTE],
    ['429 system.busy', fresh(429, 'system.busy'), 'throttled', 1000],
    ['429 without a word', answer(429, undefined), 'throttled', 1000],
    ['429 with Retry-After', answer(429, {}, { retryAfterMs: 30_000 }), 'throttled', 30_000],
    ['month quota', fresh(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'), 'quota', undefined],
    ['90020', old(90020), 'quota', undefined],
    ['130101', old(130101), 'throttled', 10 * MINUTE],
    ['410100', old(410100), 'throttled', 10 * MINUTE],
    ['send.too.fast', fresh(400, 'send.too.fast'), 'throttled', MINUTE],
    ['too.many.people', fresh(400, 'too.many.people'), 'throttled', MINUTE],
    ['504', answer(504, undefined), 'ambiguous', undefined],
    ['15', old(15), 'ambiguous', undefined],
    ['88 around nothing', old(88, { sub_code: '' }), 'ambiguous', undefined],
    ['-1', old(-1), 'ambiguous', undefined],
    ['500 system.error', fresh(500, 'system.error'), 'ambiguous', undefined],
    ['500 system.busy', fresh(500, 'system.busy'), 'ambiguous', undefined],
    ['502', answer(502, undefined), 'ambiguous', undefined],
    ['503', answer(503, undefined), 'retry', undefined],
    ['503 with Retry-After', answer(503, {}, { retryAfterMs: 5000 }), 'retry', 5000],
    ['a redirect', answer(302, undefined), 'retry', undefined],
    ['wrong group', fresh(400, 'invalid.openConversationId'), 'routeGone', undefined],
    ['dissolved group', fresh(400, 'group.disbanded'), 'routeGone', undefined],
    ['400013', old(400013), 'routeGone', undefined],
    ['unknown robot', fresh(400, 'invalidParameter.robotCode.notExsit'), 'refused', undefined],
    ['robot not in the group', fresh(400, 'chatbotNotInstall'), 'refused', undefined],
    ['400106', old(400106), 'refused', undefined],
    ['stopped robot', fresh(400, 'bot.stopped'), 'refused', undefined],
    ['foreign group', fresh(400, 'conversation.org.dismatch'), 'refused', undefined],
    ['person gone', fresh(400, 'staffId.notExisted'), 'refused', undefined],
    ['60121', old(60121), 'refused', undefined],
    ['muted', fresh(400, 'send.forbidden'), 'refused', undefined],
    ['malformed', fresh(400, 'invalidParameter.msgParam.tooLong'), 'refused', undefined],
    ['40035', old(40035), 'refused', undefined],
    ['460101', old(460101), 'refused', undefined],
    ['audit', fresh(400, 'contain.notAllowed.text'), 'refused', undefined],
    ['430104', old(430104), 'refused', undefined],
    ['300001', old(300001), 'routeGone', undefined],
    ['310000', old(310000), 'routeGone', undefined],
    ['an unknown code', old(99999), 'retry', undefined],
    ['an unknown word', fresh(400, 'brand.new.word'), 'retry', undefined],
    ['a punish page', answer(200, undefined, { head: '<html><script>punish?x5secdata=' }), 'throttled', 5 * MINUTE],
    ['a punish object', answer(200, { status: 1111, wait: 5, punish: 'deny' }), 'throttled', 5 * MINUTE],
    ['some other page', answer(200, undefined, { head: '<html>login' }), 'ambiguous', undefined],
    ['an empty body', answer(200, undefined), 'ambiguous', undefined],
    ['a list', answer(200, []), 'ambiguous', undefined],
  ])('with %s means what the table says', (_name, given, fault, retryAfterMs) => {
    const found = findFault(given)
    expect(found?.fault).toBe(fault)
    expect(found?.retryAfterMs).toBe(retryAfterMs)
  })

  it('is told to administrators by code and in our words, never in the platform’s', () => {
    for (const given of [old(310000), old(99999), fresh(400, 'brand.new.word')]) {
      const error = toPlatformError(findFault(given)!)
      expect(error.message).not.toContain('access_token')
      expect(error.message).toMatch(/[\u4e00-\u9fff]+（[\w.-]+）$/)
    }
    expect(toPlatformError(findFault(fresh(400, 'a\n"level":60,<b>'))!).message).toBe('未知的错误（alevel60b）')
  })

  it('that still refuses a fresh token is tried again later', () => {
    expect(toPlatformError(findFault(old(40014))!).fault).toBe('retry')
  })
})
