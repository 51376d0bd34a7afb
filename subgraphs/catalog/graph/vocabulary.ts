import { builder } from './builder.ts';

export const SystemTier = builder.enumType('SystemTier', {
  description: '系统层级 Where a system stands between cloud and desk.',
  values: {
    CLOUD: { description: '一朵云 The cloud, where the chain begins.' },
    BRAIN: { description: '城市大脑 The hub of data.' },
    PLATFORM: { description: '平台 One of the platforms.' },
    SYSTEM: { description: '部门系统 A department’s system.' },
    MODULE: { description: '功能板块 A module of a platform.' },
  },
});

export const SystemFamily = builder.enumType('SystemFamily', {
  description: '应用族 Family of local applications.',
  values: {
    ONLINE_SERVICE: { description: '网上办事 Services online.' },
    SELF_GOVERNANCE: { description: '居民自治 Self-governance.' },
    LIFE_SERVICE: { description: '生活服务 Everyday services.' },
  },
});

export const SystemHealth = builder.enumType('SystemHealth', {
  description: '运行状态 Health of a system, as last seen.',
  values: {
    UP: { description: '正常 Works.' },
    DEGRADED: { description: '部分异常 Works in part.' },
    DOWN: { description: '中断 Does not answer.' },
    NOT_CONNECTED: { description: '未接入 Registered, not connected yet.' },
  },
});

export const SharingAttribute = builder.enumType('SharingAttribute', {
  description: '共享属性 Whether an item is shared (decree 809).',
  values: {
    UNCONDITIONAL: { description: '无条件共享 Shared with every department.' },
    CONDITIONAL: { description: '有条件共享 Shared on conditions.' },
    NOT_SHARED: { description: '不予共享 Not shared, on a legal ground.' },
  },
});

export const DataCategory = builder.enumType('DataCategory', {
  description: '数据分类 What kind of data an item is.',
  values: {
    PUBLIC: { description: '公开数据 Public.' },
    GOVERNMENT: { description: '政务数据 Government.' },
    PERSONAL: { description: '个人信息 Personal.' },
    SENSITIVE_PERSONAL: { description: '敏感个人信息 Sensitive personal (PIPL art. 28).' },
    GRAPH: { description: '图谱结构 Only on the graph: lists, payloads, keys.' },
  },
});

export const UpdateCycle = builder.enumType('UpdateCycle', {
  description: '更新周期 How often an item is brought up to date.',
  values: {
    REALTIME: { description: '实时 At once.' },
    DAILY: { description: '每日 Daily.' },
    MONTHLY: { description: '每月 Monthly.' },
    YEARLY: { description: '每年 Yearly.' },
    ON_CHANGE: { description: '变更时 When it changes.' },
  },
});
