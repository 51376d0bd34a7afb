/** The seed of the demo city and the version of its generator: another of either is another city. */
export const SEED = 'yiyun-1';
export const GENERATOR_VERSION = '1';
