// @ts-check
/** Words about what stands in Chinese whatever the language of the page. */
export const zh = {
  'foreign.note': '中文的名称照数据所载，中文的句子是服务的原话。',
};

/** @type {typeof zh} */
export const en = {
  'foreign.note': 'What stands here in Chinese are names as the data has them, and sentences in the service’s own words.',
};
