// @ts-nocheck
import { startChromium } from '/tmp/wt/docs/scripts/chromium.ts';
import { createServer } from 'node:http';
import { readFileSync, existsSync, globSync, mkdirSync } from 'node:fs';
import path from 'node:path';
const dist='/tmp/wt/docs/website/dist', base='/ciclo/';
const types={'.html':'text/html; charset=utf-8','.css':'text/css','.js':'text/javascript','.json':'application/json','.svg':'image/svg+xml','.wasm':'application/wasm','.webp':'image/webp','.png':'image/png'};
const server=createServer((q,r)=>{const u=new URL(q.url,'http://x').pathname;const f=path.join(dist,decodeURIComponent(u.slice(base.length)),u.endsWith('/')?'index.html':'');if(!u.startsWith(base)||!existsSync(f))return r.writeHead(404).end();r.setHeader('content-type',types[path.extname(f)]??'application/octet-stream').end(readFileSync(f));});
await new Promise(r=>server.listen(0,'127.0.0.1',r));
const origin=`http://127.0.0.1:${server.address().port}${base}`;
const b=await startChromium();
const mode=process.argv[2];
if(mode==='overflow'){
 for(const width of [1280,390]) { const p=await b.newPage({viewport:{width,height:900}});
  for(const f of globSync('**/index.html',{cwd:dist})) {
   await p.goto(origin+f.replace(/index\.html$/,''));
   const found=await p.evaluate(()=>{ const out=[]; const W=document.documentElement.clientWidth; if(document.documentElement.scrollWidth>W) out.push('page '+document.documentElement.scrollWidth);
    const main=document.querySelector('.sl-markdown-content'); const r=main.getBoundingClientRect();
    for(const e of main.querySelectorAll('table,pre,img,p,li,td,h1,h2,h3,code')) { const q=e.getBoundingClientRect(); if(q.right>Math.max(r.right,0)+1 && !e.closest('pre')) { out.push(e.tagName+' '+Math.round(q.right-r.right)+' '+(e.textContent||e.src||'').slice(0,40)); } if(e.tagName==='PRE' && e.scrollWidth>e.clientWidth+1) out.push('PRE scroll '+(e.scrollWidth-e.clientWidth)+' '+e.textContent.slice(0,30)); if(e.tagName==='TABLE'&&e.scrollWidth>e.clientWidth+1) out.push('TABLE scroll '+(e.scrollWidth-e.clientWidth)+' '+e.textContent.slice(0,30)); }
    return out.slice(0,14); });
   if(found.length) console.log(width,f,found);
  } await p.close(); }
} else { const [,, , pg,width,scheme,out,y='0',h='1400']=process.argv; const p=await b.newPage({viewport:{width:+width,height:+h},colorScheme:scheme}); await p.goto(origin+pg); await p.evaluate(()=>{for(const i of document.images)i.loading='eager'}); await p.waitForTimeout(500); await p.evaluate(y=>scrollTo(0,y),+y); await p.waitForTimeout(200); await p.screenshot({path:out}); }
await b.close(); server.close();
