import { plotStyle } from '../plot.ts'
import { roundChainStyle } from '../round-chain-svg.ts'
import { spaceTimeStyle } from '../space-time-style.ts'
import { timelinePageStyle } from '../timeline-page.ts'

/** The look of the report: that of all pages, and what only it has. */
export function reportStyle(): string {
  return [timelinePageStyle(), spaceTimeStyle(), roundChainStyle(), plotStyle(), OWN].join('\n')
}

// Signs and words say everything that colours say.
const OWN = `:root{--good:#1a7348;--good-back:#e9f5ee;--wrong-back:#fdece4;--open:#7a6200;
--open-back:#fbf4dc}
@media screen and (prefers-color-scheme: dark){:root{--good:#5ec892;--good-back:#12261c;
--wrong-back:#331a0d;--open:#dcc04a;--open-back:#2b260f}}
html{scroll-padding-top:3.6rem}
@media (prefers-reduced-motion: no-preference){html{scroll-behavior:smooth}}
body{max-width:82rem}
h1{font-size:1.15rem;font-weight:600;color:var(--muted);margin:0}
h2{font-size:1.45rem;line-height:1.25;margin:3.2rem 0 .5rem;letter-spacing:-.01em}
h3{font-size:1.08rem;margin:1.9rem 0 .4rem}
h4{font-size:.95rem;margin:1.2rem 0 .3rem}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.4rem .8rem;z-index:9}
header .answer{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.02em}
header .answer{margin:.5rem 0 .9rem;max-width:none}
header .answer .sign{color:var(--good)}
header.wrong .answer .sign{color:var(--fault)}
header.open .answer .sign{color:var(--open)}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:0 0 1.2rem;padding:0;list-style:none}
.tiles li{border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;min-width:6.5rem}
.tiles b{display:block;font-size:1.35rem;font-weight:650;font-variant-numeric:tabular-nums}
.tiles span{color:var(--muted);font-size:13px}
.tiles .wrong{border-color:var(--fault)}
.tiles .wrong b{color:var(--fault)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.3rem;list-style:none;padding:0;margin:.6rem 0 0}
.sign{font-weight:700}
.dashboard{border-collapse:separate;border-spacing:3px;margin:.8rem 0 .4rem -3px}
.dashboard td,.dashboard th{border:0;padding:.4rem .6rem;border-radius:6px;font-size:13.5px}
.dashboard thead th{vertical-align:bottom;white-space:normal;max-width:8.5rem;line-height:1.25}
.dashboard tbody th{white-space:nowrap;padding-left:0}
.dashboard tbody th a{color:var(--ink);text-decoration:none}
.dashboard tbody th a:hover{text-decoration:underline}
.dashboard td{min-width:5.6rem}
.dashboard td.good{background:var(--good-back)}
.dashboard td.wrong{background:var(--wrong-back);box-shadow:inset 0 0 0 2px var(--fault)}
.dashboard td.open{background:var(--open-back);box-shadow:inset 0 0 0 2px var(--open)}
.dashboard td.not-run{color:var(--muted);font-size:12.5px;border:1px dashed var(--line)}
.dashboard td a{color:inherit;text-decoration:none;font-weight:650}
.dashboard td a:hover .count{text-decoration:underline}
.dashboard .more{display:block;color:var(--muted);font-size:12px;line-height:1.3}
.dashboard .again{display:block;font-size:11.5px;overflow-wrap:anywhere;max-width:16rem}
.good>.sign,.good a .sign,summary .sign{color:var(--good)}
.wrong>.sign,.wrong a .sign,.wrong>summary>.sign,.bad>summary>.sign,.difference .sign{color:
var(--fault)}
.open>.sign,.open a .sign,.open>summary>.sign,.bad.unknown>summary>.sign{color:var(--open)}
.subjects td:last-child{color:var(--muted)}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:.5rem 0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;max-width:75ch;overflow-wrap:anywhere}
.difference{border:1px solid var(--fault);border-left-width:5px;border-radius:6px}
.difference{padding:.2rem 1rem .7rem;margin:1rem 0;background:var(--page)}
.difference.unknown{border-color:var(--open)}
.difference h3{margin:.6rem 0 .2rem}
.command{display:flex;gap:.5rem;align-items:baseline;max-width:none}
.command code{background:var(--stripe);border:1px solid var(--line);border-radius:5px}
.command code{padding:.15rem .5rem;overflow-wrap:anywhere}
pre{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{overflow-x:auto;background:var(--stripe);border:1px solid var(--line);border-radius:6px}
pre{padding:.6rem .8rem;margin:.5rem 0}
.chapter>p,.chapter .about{max-width:75ch}
.part{margin:1.2rem 0 2rem}
.filters{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;position:sticky;top:0;z-index:5}
.filters{background:var(--page);padding:.5rem 0;border-bottom:1px solid var(--line)}
.filters input,.filters select{font:inherit;font-size:14px;padding:.2rem .5rem;color:var(--ink)}
.filters input,.filters select{border:1px solid var(--line);border-radius:5px}
.filters input,.filters select{background:var(--page)}
.filters input{width:min(17rem,50vw)}
.family>h3{margin-top:1.5rem}
.scroller td{overflow-wrap:break-word}
.not-run{font-size:13px;max-width:none}
details.group,details.entry{overflow-x:visible}
details.group{margin:.25rem 0}
details.group>summary{color:var(--ink);padding:.25rem .2rem;border-radius:5px}
details.group>summary:hover,details.entry>summary:hover{background:var(--stripe)}
.entries{margin:.2rem 0 .8rem .5rem;border-left:2px solid var(--line);padding-left:.6rem}
details.entry{margin:0;border-bottom:1px solid var(--line)}
details.entry>summary{padding:.28rem .3rem;color:var(--ink);font-size:13.5px}
details.entry>summary .outcome{margin-left:.5rem;font-weight:600;font-size:12.5px}
details.entry.fail>summary .outcome,details.refuted>summary .outcome{color:var(--fault)}
details.corrected>summary .outcome{color:var(--open)}
details.entry.pass>summary .outcome,details.holds>summary .outcome{color:var(--good)}
details.entry>summary .sentence{margin-left:.5rem}
details.entry .name{overflow-wrap:anywhere}
.inside{padding:.2rem .3rem 1rem 1.2rem}
.says{font-size:1.02rem}
.checks{padding-left:0;list-style:none}
.checks li{margin:.5rem 0;padding-left:.8rem;border-left:2px solid var(--line)}
.steps{margin:.8rem 0}
.step-bar{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.5rem 0}
.step-bar output{min-width:8rem;text-align:center;font-variant-numeric:tabular-nums}
.step-view{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
.step-view>.scroller{flex:1 1 34rem;max-height:70vh;overflow:auto}
.state-now{flex:1 1 20rem;position:sticky;top:.5rem;border:1px solid var(--line)}
.state-now{border-radius:6px;padding:.5rem .8rem;max-height:70vh;overflow:auto}
.state-now h4{margin:0 0 .4rem}
.state-now dt.changed{color:var(--ink);font-weight:700}
.state-now dt.changed::before{content:"→ "}
.state-now dd.changed{font-weight:650}
.story td{vertical-align:top;border-bottom:1px solid var(--line)}
.story td.code{white-space:normal;min-width:7rem}
.story td:first-child{padding-left:.6rem}
.story tr.last td:first-child{box-shadow:inset 3px 0 var(--fault)}
.story tr.repeated td:first-child{box-shadow:inset 3px 0 var(--core)}
.story tr.now td{background:var(--stripe)}
.story tr.now td:first-child{box-shadow:inset 5px 0 var(--core);font-weight:700}
.space-time .event.now .dot{r:9px;fill:var(--core)}
.changes{list-style:none;margin:0;padding:0}
.faults{margin:.2rem 0 .6rem;padding-left:1.2rem}
.steps dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.05rem .8rem}
.steps dl{margin:.15rem 0}
.steps dt{color:var(--muted)}
.steps dd{margin:0;overflow-wrap:anywhere}
.after summary{font-size:12px}
.stepped .after{display:none}
.after{margin:.1rem 0}
figure{margin:1rem 0}
figcaption{color:var(--muted);margin-bottom:.4rem;max-width:75ch}
.scroller{overflow:auto;border:0}
.who .scroller,.graph .scroller{border:1px solid var(--line);border-radius:6px;padding:.4rem}
.picture .scroller,.step-view>.scroller{border:1px solid var(--line)}
.who .scroller,.graph .scroller{max-height:80vh}
.space-time{display:block}
.drawing{background:#fff}
.drawing svg{max-width:none}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem;margin:.3rem 0}
.legend li{padding:.05rem .6rem;border:1px solid var(--line);border-radius:5px;font-size:13px}
.legend .both{background:#f9e3a0;color:#1c2127}
.legend .first{background:#0a5aa8;color:#fff}
.legend .second{background:#b93c00;color:#fff}
.legend .none{background:#e6eaee;color:#454e58}
.plots figcaption,.plots h3{color:var(--ink);font-weight:600}
.small{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem}
.small>div{flex:0 1 26rem}
.ratio{vertical-align:middle;margin-right:.4rem}
.ratio .axis{stroke:var(--line)}
.ratio .mark{stroke:var(--ink)}
.ratio .better{fill:var(--good)}
.ratio .worse{fill:var(--fault)}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:40rem){body{padding:1rem .8rem 3rem}
header .answer{font-size:1.45rem}
h2{font-size:1.25rem}
.inside{padding-left:.2rem}
.entries{margin-left:0;padding-left:.35rem}
.dashboard tbody th{position:sticky;left:0;background:var(--page);max-width:7.5rem}
.dashboard tbody th{white-space:normal}}
@media print{.filters,.step-bar,nav,.skip,button{display:none!important}
.step-view>.scroller,.state-now,.who .scroller,.graph .scroller{max-height:none}
h2,h3,summary{break-after:avoid}
article,tr,figure{break-inside:avoid}
body{font-size:11pt}
.dashboard td,.dashboard th{font-size:8.5pt;padding:.15rem .3rem;min-width:0}
.dashboard .more{font-size:7.5pt}
.dashboard tbody th{white-space:normal}
a{color:inherit;text-decoration:none}}`
