import type { Named } from '../../../kit/machine/machine-declaration.ts';
import type { ServiceChannel } from '../../store/window/request-rows.ts';

/** 办理渠道 — how a request came in. */
export const serviceChannels = {
  WINDOW: { zh: '服务窗口', en: 'Service window' },
  ONLINE: { zh: '网上办事', en: 'Website' },
  APP: { zh: '移动应用', en: 'App' },
  WECHAT: { zh: '微信', en: 'WeChat' },
  MINI_PROGRAM: { zh: '城市小程序', en: 'The city’s mini-program' },
  COMMUNITY_LINE: { zh: '社区连线平台', en: 'The community linking platform' },
  KIOSK: { zh: '移动自助终端', en: 'Self-service terminal' },
  TV_BOX: { zh: '电视机顶盒', en: 'Set-top box' },
  HOTLINE_12345: { zh: '12345热线', en: 'Hotline 12345' },
  GRID_WORKER: { zh: '网格员上门', en: 'Grid worker at the door' },
} as const satisfies Record<ServiceChannel, Named>;

/** Channels that people use without anybody at a desk, on the telephone or at the door. */
export function isOwnChannel(channel: ServiceChannel): boolean {
  return channel !== 'WINDOW' && channel !== 'HOTLINE_12345' && channel !== 'GRID_WORKER';
}
