// @ts-check
/** Words of who may write. */
export const zh = {
  'rights.title': '写入的权限',
  'rights.none': '这个浏览器现在只能看，不能写。',
  'rights.why.OFF': '写入没有开放：要写，须由运行服务的人设置 ZHENLIAN_WRITABLE=true，再重启服务。',
  'rights.why.EXPOSED': '服务不只在本机监听，写入因此关着：要写，须由运行服务的人把 ZHENLIAN_HOST 设为 127.0.0.1，再重启服务。',
  'rights.why.ELSEWHERE': '写入只允许来自运行服务的那台机器：请在那台机器上打开这一页。',
  'rights.why.FOREIGN': '写入不允许来自其他网站的页面：请在新的一页直接打开这个地址。',
  'rights.why.NO_PASS': '写入须出示口令：请在浏览器中打开服务启动时显示的地址，或在这里填写口令。',
  'rights.how': '口令就是那个地址里 token= 后面的那一段；在另一页打开它，再回到这里，也可以。',
  'rights.wrong': '口令不对',
  'rights.pass': '口令',
  'rights.enter': '取得写入权',
};

/** @type {typeof zh} */
export const en = {
  'rights.title': 'Right to write',
  'rights.none': 'This browser can look now, but not write.',
  'rights.why.OFF': 'Writing is switched off: whoever runs the service would have to set ZHENLIAN_WRITABLE=true and start it again.',
  'rights.why.EXPOSED': 'The service listens beyond its own machine, so writing is off: whoever runs it would have to set ZHENLIAN_HOST to 127.0.0.1 and start it again.',
  'rights.why.ELSEWHERE': 'Only the machine that runs the service may write: open this page there.',
  'rights.why.FOREIGN': 'Pages of other sites may not write: open this address in a new tab.',
  'rights.why.NO_PASS': 'The pass is needed: open the address that the service prints at its start, or type the pass here.',
  'rights.how': 'The pass is what stands behind token= in that address; opening it in another tab and coming back does as well.',
  'rights.wrong': 'That is not the pass',
  'rights.pass': 'Pass',
  'rights.enter': 'Get the right to write',
};
