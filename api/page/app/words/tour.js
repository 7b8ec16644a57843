// @ts-check
/** Words of the tour. */
export const zh = {
  'tour.1': '先选一个专业镇：定襄法兰。', 'tour.2': '产业链图：钢材靠外购，下游无人做。', 'tour.3': '缺口分四类，每类各自排序。', 'tour.4': '点开一条缺口，看谁能补上、凭什么。', 'tour.5': '点任何一个数，看它的来历。', 'tour.next': '下一步', 'tour.end': '结束', 'tour.of': '第 {0} / {1} 步', 'tour': '导览',
};

/** @type {typeof zh} */
export const en = {
  'tour.1': 'Choose a town: Dingxiang flanges.', 'tour.2': 'The chain map: steel comes from outside, nothing is made downstream.', 'tour.3': 'Gaps come in four kinds, each ranked on its own.', 'tour.4': 'Open a gap: who could fill it, and on what evidence.', 'tour.5': 'Any number opens to its source.', 'tour.next': 'Next', 'tour.end': 'End', 'tour.of': 'step {0} of {1}', 'tour': 'Tour',
};
