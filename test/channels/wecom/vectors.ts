import { type CallbackKey, createCallbackKey, type Envelope } from '../../../bot/channels/wecom/crypto.ts'

/** Sealed by an independent implementation and opened again by OpenSSL and by both published packages. */
export interface Vector extends Envelope {
  name: string
  key: CallbackKey
  random: string
  text: string
}

export const appKey = createCallbackKey(
  'gridTokenA1',
  'TSdURB86DTmIj3MSRr2MGtMG6p6nm1VnmiCTu18wYVo',
  'wwgridtest0000001',
)
export const botKey = createCallbackKey('gridTokenBot', 'itcVC6NrKyLHAksP8qN3LlHEpl8LXebr1bwgwJcJiVY')
export const accountKey = createCallbackKey(
  'gridTokenMP',
  'bcJxSe0n5QjFF9eXvomjAcdeH1RwVvm4Mnkp5saF6yE',
  'wxgridmp00000001',
)

export const vectors: Vector[] = [
  {
    name: 'V1 echostr',
    key: appKey,
    random: '0123456789abcdef',
    timestamp: '1767225600',
    nonce: '1488320671',
    text: '4617203948571062843',
    encrypt: 'akrRtEWaeglUs5aep65sEwtfCpxEWLbouPPd0/2YyijcwzcUQxrJ3x9KcghvHHegcXzGZykHNwQK+7nCv25vfw==',
    signature: '4cce842e2121d439e13bf461b502553e46f998de',
  },
  {
    name: 'V2 text of an app',
    key: appKey,
    random: 'fedcba9876543210',
    timestamp: '1767225661',
    nonce: '902177345',
    text: '<xml><ToUserName><![CDATA[wwgridtest0000001]]></ToUserName><FromUserName><![CDATA[zhangsan]]></FromUserName><CreateTime>1767225661</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[3号楼楼道堆物]]></Content><MsgId>7301234567890123456</MsgId><AgentID>1000002</AgentID></xml>',
    encrypt:
      'PMKtGmLsxrhqhIcVtqNB/0JSq2CzgpqNvhOOMyrK1guKrRtRt5jdn3avNJD+fdsioIax2Pq3yCVrWwLHtiRD8uBhIqefympHprjT12PmZ06bpfrxcg/qbyXb2oglThAsNr12b0K9CyPr8ru7NOD91MZug+2Vd6pwApCRSsov98207eMj+AIqdY6np2sjNt2splpW9lMom99P5BOUU6WhTH9Ne+j5dAv2W3n8+5cqWvNcqhvUFWAIbQUMt0gqzL9r+4K/6Jmqu0i2xnRkbQzjdYz3yNeRN+WP+wwZorVd8A65EoRugZLNN0FHy6804y1QAf0IWr/mVRyppax57HXsRF5GAjwKQ0frUMa8vuTbC9rPpYcs5U8A1KyBzgZPt3BrnbSzGwdnPACCokgV4mcb7j04S8DawGdWBoHfUzbS8B93TmAg0X0a4reYHBoyB+rwJYHisTpSpyWOKOym6malOQ==',
    signature: 'b96fb3167bdf01b7c0ef7e2dace8ee2738bdebb6',
  },
  {
    name: 'V3 group text for a 智能机器人',
    key: botKey,
    random: 'AAAABBBBCCCCDDDD',
    timestamp: '1767225722',
    nonce: 'nonce3xyz',
    text: '{"msgid":"MSG-0001","aibotid":"aibTEST01","chatid":"wrGROUP01","chattype":"group","from":{"userid":"zhangsan"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC0001","msgtype":"text","text":{"content":"@网格助手 3号楼漏水"}}',
    encrypt:
      '4KE8t8VXTtlci3ONJeS/7WAI5OJxxfPWZpcUJUGBw61BsZUd9LsRB+tKrBzTnbxQ09fHzT9An91VTWBnYo1702tHQWBtpVfQwz5kMZLO0jlOt2szU5sUd7Ewogb9fcx1T5ZYjFuN1Cz2PvvSsiY0zHmh4jahXY8QzjhiYZ1X6tRgUYqRyWamwSk9Az2LfIcp4G1LOYB1X+UJZQF/6F0ZUfAOPZr+jl0iGY42cmEig5jzFQME2TXvdL/SHkWFv2LQCCbABUflN4LJjjgwc7TRfj5sszov0Nwe9kgy1YH/38sUKNPnuOo0OUsF0qWt5h6Yj7weqeg0lyoQkZI4J+7qk6Btz71pbqsI7HdIo578rwPvrMG9HZIh1+i3vjRv02D9',
    signature: 'aae39e99d85509cb5ba979f95d3f24ebb1dd3e6a',
  },
  {
    name: 'V4 stream reply of a 智能机器人',
    key: botKey,
    random: 'qrstuvwxyzABCDEF',
    timestamp: '1767225723',
    nonce: 'nonce3xyz',
    text: '{"msgtype":"stream","stream":{"id":"s-0001","finish":false,"content":"已收到,正在登记…"}}',
    encrypt:
      'eeu7xLZ3b5kK6661UWJuL0ktRpF9/RQsFhDLwxOJBQEWTIV3TKxDqHatkKHOfOja+ObDLV5p+pJSnWaWOkvl6hLtLuxx88ulgyvyCTfvNTTi3Rb0+UTfbf2ZZs7T+FTjbXkqORmeM2d00sz9ahBmSEQM9rNgTEX7ZVbkGobUnd4=',
    signature: 'bb78a02807a7d38b5d26f58b0af5226bed727075',
  },
  {
    name: 'V5 text for an official account',
    key: accountKey,
    random: 'zyxwvutsrqponmlk',
    timestamp: '1767225800',
    nonce: '55667788',
    text: '<xml><ToUserName><![CDATA[gh_grid0001]]></ToUserName><FromUserName><![CDATA[oOPENID0001]]></FromUserName><CreateTime>1767225800</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[路灯不亮]]></Content><MsgId>24150000000000001</MsgId></xml>',
    encrypt:
      'IW2h8vHN6XjazWGRSODy3gRdukpbhwtFp8Q3SfC88pwD7WPkc3s6LYZJDx9y/2uaXiPom6ykE9BmnhocjStJTfQItU61xy0EroY+OQ4gNsnV18BtSr7UykYzZ8FUlyoGGjV0CrpzT/lYVguPDNaMIAcuXFjcwYAKG6MIlYh1X2mxdQ2S66dpcbEUlKNSh65Hrwz0F+a+4AFGJwH+XHYEh8+p3uojGRb2Vk7RMHcgMoR8mKDXPAp9iA6uUf9wYOE+D4fLBS/cuqTWUlCVIWNZFqrvTAuLj1MP/HZbdqKreqn/UW/cRMLEZ2x4FmqynSYwjjF0CHWtOBqN5wQAVnWox3osoTjxchwkrBeg45LYY2wfMQXQ4uST7JMEHkhuyv7NqL4DimazXVxie/TiPykfEl+D/ZLRWE4x+lYN/OJ2BP8=',
    signature: 'e15c878923e36f09604c57a0ceffd0ea5662326b',
  },
  {
    name: 'V6 a full block of padding',
    key: appKey,
    random: '0000000000000000',
    timestamp: '1767225900',
    nonce: '42',
    text: 'padding-test-27-bytes-long!',
    encrypt:
      '4LsbW66WoFuWd42RtuqHf4OvXqvgFszQm++WmESDIxB4dhzzCfBLyAvAnPZYIsObUrbM2YuaeXtlJQiQHWfa2UOrSLutxZyh8aWbVhqjLjZBC4MXDMDgSltTHbzxQJkC',
    signature: '89b8b9241e243aa1e6f560b4312b6c53d93c98e5',
  },
]
