// @ts-check
/** Words of who may write. */
export const zh = {
  'rights.title': '写入的权限',
  'rights.none': '这个浏览器现在只能看，不能写。',
  'rights.how': '口令就是服务启动时显示的地址里 token= 后面的那一段；也可以在另一页打开那个地址，再回到这里。',
  'rights.pass': '口令',
  'rights.enter': '取得写入权',
};

/** @type {typeof zh} */
export const en = {
  'rights.title': 'Right to write',
  'rights.none': 'This browser can look now, but not write.',
  'rights.how': 'The pass is what stands behind token= in the address that the service prints at its start; you can also open that address in another tab and come back.',
  'rights.pass': 'Pass',
  'rights.enter': 'Get the right to write',
};
