"""The look of the page: colours for light and dark, the graph's grades, and paper."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c1917;--paper:#fffdfa;--line:#d9d4cc;--soft:#f4f1ec;--quiet:#57534e;--link:#174f86;
--KERNEL:#15703a;--COQ:#1b5e9c;--CHECKED:#0f766e;--SOLVER:#7e22ce;--INSTANCES:#9a5b00;--CITED:#57534e;--OPEN:#6b6660;--REFUTED:#b42318;
--KERNEL-fill:#dff3e4;--COQ-fill:#dcebfa;--CHECKED-fill:#d9f3ef;--SOLVER-fill:#efe2fb;--INSTANCES-fill:#fdf0d5;--CITED-fill:#eceae7;--OPEN-fill:#fffdfa;--REFUTED-fill:#fdeae7;
--c0:#1b5e9c;--c1:#c2410c;--c2:#15803d;--c3:#7e22ce;--c4:#a16207;--c5:#0e7490}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6e1;--paper:#171614;--line:#433f3a;--soft:#211f1c;--quiet:#b3ada5;--link:#8cc2f7;
--KERNEL:#6fd08d;--COQ:#83bdf5;--CHECKED:#5fd0c3;--SOLVER:#cfa2f7;--INSTANCES:#eab75a;--CITED:#b3ada5;--OPEN:#a8a29a;--REFUTED:#ff9b8e;
--KERNEL-fill:#17341f;--COQ-fill:#142c45;--CHECKED-fill:#12332f;--SOLVER-fill:#331a47;--INSTANCES-fill:#3d2c0c;--CITED-fill:#2c2a27;--OPEN-fill:#171614;--REFUTED-fill:#46201b;
--c0:#83bdf5;--c1:#fb9a63;--c2:#6fd08d;--c3:#cfa2f7;--c4:#eab75a;--c5:#5fd0e2}}
*{box-sizing:border-box}html{scroll-padding-top:3.2rem}
body{font:16px/1.55 Charter,"Bitstream Charter",Cambria,Georgia,serif;color:var(--ink);background:var(--paper);margin:0}
main{max-width:64rem;margin:0 auto;padding:1rem 1.25rem 4rem;outline:0}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);font:.86rem/1.4 system-ui,sans-serif}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;max-width:64rem;margin:0 auto;padding:.55rem 1.25rem;list-style:none}
a{color:var(--link);text-underline-offset:.15em}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--c1);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.4rem;z-index:3;background:var(--paper);padding:.2rem .6rem}
h1{font-size:1.75rem;line-height:1.25;margin:1.2rem 0 .6rem}h2{font-size:1.35rem;margin:3rem 0 .8rem;padding-bottom:.2rem;
border-bottom:2px solid var(--line)}
h3{font-size:1.05rem;margin:2.2rem 0 .5rem;overflow-wrap:anywhere}h3 code{font-size:1rem}
code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.86em}code{overflow-wrap:anywhere}
.quiet,figcaption,caption{color:var(--quiet)}sup,sub{line-height:0;font-size:.74em}
a code{text-underline-offset:.3em}a:has(code){text-underline-offset:.3em;text-decoration-thickness:1px}
.badge{display:inline-block;font:600 .72rem/1.5 system-ui,sans-serif;letter-spacing:.03em;padding:.02rem .45rem;border:1.5px solid;
border-radius:.8rem;
white-space:nowrap;vertical-align:.1em;margin-right:.35rem}
.badge.KERNEL{color:var(--KERNEL)}.badge.COQ{color:var(--COQ)}.badge.CHECKED{color:var(--CHECKED)}.badge.SOLVER{color:var(--SOLVER)}.badge.INSTANCES{color:var(--INSTANCES)}
.badge.CITED,.badge.OPEN{color:var(--quiet)}.badge.REFUTED{color:var(--REFUTED)}.badge.broken{color:var(--paper);
background:var(--REFUTED);border-color:var(--REFUTED)}
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
caption{text-align:left;padding:.3rem 0 .6rem}th{font:600 .8rem/1.4 system-ui,sans-serif;text-align:left}
th,td{vertical-align:top;padding:.38rem .7rem .38rem 0;border-bottom:1px solid var(--line)}td.number,th.number{text-align:right;
font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:.28rem 1rem;margin:.8rem 0;font-size:.95rem}
dt{color:var(--quiet);font:.82rem/1.75 system-ui,sans-serif}dd{margin:0;overflow-wrap:anywhere}
figure{margin:1.1rem 0}figcaption{font-size:.88rem;margin-top:.3rem}
.statement{background:var(--soft);border-radius:.4rem;padding:.6rem .9rem .8rem;overflow-x:auto}
.statement figcaption{margin:0 0 .35rem;font:.8rem/1.4 system-ui,sans-serif}
.statement ul{list-style:none;margin:0;padding:0;font-size:.97rem}.statement li{margin:.32rem 0 .32rem 1.4rem;text-indent:-1.4rem}
.statement pre{margin:0;white-space:pre-wrap;line-height:1.45}
math{font-size:1.1em}mtd.left{text-align:left}.statement li math{text-indent:0}
.drawing svg{display:block;width:100%;height:auto}.wide svg{min-width:46rem}.wide{overflow-x:auto}
svg text{font:12px system-ui,"DejaVu Sans",sans-serif;fill:var(--ink)}svg.picture .title{font-weight:600}
.grid{stroke:var(--line);stroke-width:.7}.axis{stroke:var(--quiet)}.level{stroke:var(--quiet);stroke-dasharray:4 4}
polyline{fill:none;stroke-width:1.7;stroke-linejoin:round}.area{opacity:.28}.stripe{opacity:.24}
.f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}
.s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}
.graph text{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:11.5px}.graph .small{font-size:9.5px;fill:var(--quiet)}
.graph .edge{fill:none;stroke:var(--quiet);stroke-width:1.2}.graph marker path{fill:var(--quiet)}
.graph pattern path{stroke:var(--REFUTED);stroke-width:1.4}
.graph .box{stroke-width:2.2}.graph .broken .box{stroke-dasharray:5 3;stroke-width:3}.graph .hatch{fill:url(#hatch);opacity:.45}
.graph a:hover .box,.graph a:focus .box{stroke-width:4}
.own-KERNEL .box{stroke:var(--KERNEL)}.own-COQ .box{stroke:var(--COQ)}.own-CHECKED .box{stroke:var(--CHECKED)}
.own-SOLVER .box{stroke:var(--SOLVER)}
.own-INSTANCES .box{stroke:var(--INSTANCES)}.own-CITED .box{stroke:var(--CITED)}.own-OPEN .box{stroke:var(--OPEN)}
.all-KERNEL .box{fill:var(--KERNEL-fill)}.all-COQ .box{fill:var(--COQ-fill)}.all-CHECKED .box{fill:var(--CHECKED-fill)}
.all-SOLVER .box{fill:var(--SOLVER-fill)}
.all-INSTANCES .box{fill:var(--INSTANCES-fill)}.all-CITED .box{fill:var(--CITED-fill)}.all-OPEN .box{fill:var(--OPEN-fill)}
.run{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;font:.9rem/1.4 system-ui,sans-serif}
button{font:600 .95rem/1.4 system-ui,sans-serif;padding:.5rem 1.1rem;border:1.5px solid var(--link);border-radius:.4rem;
color:var(--paper);background:var(--link);cursor:pointer}button[hidden],progress[hidden]{display:none}
button[aria-disabled]{color:var(--quiet);background:var(--soft);border-color:var(--line);cursor:progress}
button:focus-visible,summary:focus-visible{outline:3px solid var(--c1);outline-offset:2px}
progress{flex:0 1 14rem;accent-color:var(--KERNEL)}.run .line{color:var(--quiet);overflow-wrap:anywhere;min-height:1.4em}
.said.good,.said.bad{padding:.5rem .8rem;border-radius:.4rem}
.said.good{background:var(--KERNEL-fill);border-left:.3rem solid var(--KERNEL)}
.said.bad{background:var(--REFUTED-fill);border-left:.3rem solid var(--REFUTED)}
.mark strong{margin-right:.4rem}
.good strong{color:var(--KERNEL)}.bad strong{color:var(--REFUTED)}
.mark{margin:.3rem 0 0;padding:.1rem .7rem;border-left:.3rem solid;font:.86rem/1.5 system-ui,sans-serif}
.mark.good{border-color:var(--KERNEL)}.mark.bad{border-color:var(--REFUTED);background:var(--REFUTED-fill)}
.printed{margin:-.6rem 0 1.1rem;scroll-margin-top:3.2rem}.printed summary{color:var(--quiet);font:.8rem/1.6 system-ui,sans-serif;
cursor:pointer;padding:0 .9rem}.printed pre{background:var(--soft);border-radius:.4rem;margin:.3rem 0;padding:.6rem .9rem;
white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45}
h3:target{background:var(--soft);box-shadow:-.5rem 0 0 var(--soft),-.7rem 0 0 var(--c1)}
@media(max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}
@media print{:root{color-scheme:light}nav,.skip,.run,.said:empty{display:none}main{max-width:none;padding:0}body{font-size:10.5pt}
h2,h3,figcaption{break-after:avoid}tr,.statement,.drawing{break-inside:avoid}.scroll,.statement{overflow:visible}a{color:inherit;
text-decoration:none}}
"""
