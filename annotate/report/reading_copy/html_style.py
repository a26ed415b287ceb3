"""How the HTML copy looks: on a light and a dark screen, wide and narrow, and on paper."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ground:#f6f7f9;--panel:#fff;--line:#dfe3e8;--text:#1c2430;--less:#5f6980;
--accent:#2457d6;--c:#a35200;--f:#0062a8;--s:#00795a;--cf:#fbeecc;--ff:#d6e6f3;--sf:#d0ebe3;--more:#838c9c;
--alarm:#b42318}
@media screen and (prefers-color-scheme:dark){:root{--ground:#15181d;--panel:#1c2026;--line:#2d333c;--text:#e6e9ee;
--less:#98a2b3;--accent:#7aa2ff;--c:#f2b35a;--f:#6cb8f0;--s:#5fd0ac;--cf:#473c2c;--ff:#2c3e4f;--sf:#2a4541;
--more:#7d8796;--alarm:#ff8a80}}
*{box-sizing:border-box}
html{scroll-padding-top:3rem}
body{margin:0;background:var(--ground);color:var(--text);font:17px/1.5 Georgia,"Times New Roman",serif}
.marking{font:700 12px/1.4 system-ui,sans-serif;color:var(--alarm);text-align:center;letter-spacing:.04em;padding:4px;
background:var(--ground)}
.head{position:sticky;top:0;z-index:1}
.foot{position:sticky;bottom:0;z-index:1}
main{display:block;max-width:1180px;margin:0 auto;padding:0 24px 48px}
h1{font-size:28px;line-height:1.25;margin:32px 0 8px}
h2{font-size:22px;line-height:1.3;margin:0 0 6px;overflow-wrap:anywhere}
h3{font:600 14px/1.4 system-ui,sans-serif;margin:28px 0 6px}
a{color:var(--accent)}
.small,.facts,.about,.legend,.contents,.ns{font-family:system-ui,sans-serif;font-size:13px;line-height:1.45}
.facts,.about{color:var(--less);margin:0 0 14px;overflow-wrap:anywhere}
.facts b{color:var(--text);font-weight:600}
.about span+span::before,.n .x+.x::before{content:"\\00b7";padding:0 5px;color:var(--less)}
.legend{border:1px solid var(--line);border-radius:6px;background:var(--panel);padding:8px 16px;margin:16px 0}
.legend p{margin:6px 0}
.contents ol{list-style:none;margin:0;padding:0}
.contents li{padding:5px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.contents .less,.less{color:var(--less)}
article{border-top:2px solid var(--text);margin-top:40px;padding-top:14px}
.p{margin:0 0 4px}
.t{margin:0;padding:3px 0;max-width:70ch;line-height:1.95;white-space:pre-wrap;overflow-wrap:anywhere}
.t:empty{display:none}
.m{border-bottom-width:3px;border-bottom-style:solid}
.c{border-color:var(--c)}.f{border-color:var(--f)}.s{border-color:var(--s)}.o{border-color:var(--more)}
.t .g.c,.legend .g.c{background-color:var(--cf)}.t .g.f,.legend .g.f{background-color:var(--ff)}
.t .g.s,.legend .g.s{background-color:var(--sf)}
.g{background-clip:content-box}
.l0{padding-bottom:0}.l1{padding-bottom:4px}.l2{padding-bottom:8px}.l3{padding-bottom:12px}.l4{padding-bottom:16px}
.l5{padding-bottom:20px}.l6{padding-bottom:24px}
.deep{line-height:2.5}.deeper{line-height:3.1}
.r{font:600 10px/1 system-ui,sans-serif;vertical-align:super;text-decoration:none;white-space:nowrap;padding:0 1px;
user-select:none;-webkit-user-select:none}
.r.c,.n.c .id{color:var(--c)}.r.f,.n.f .id{color:var(--f)}.r.s,.n.s .id{color:var(--s)}
.ns{margin:2px 0 14px}
.n{border-left-width:3px;border-left-style:solid;padding:1px 0 1px 9px;margin:0 0 7px;overflow-wrap:anywhere}
.n a{white-space:nowrap}
.n .id{font-weight:700;text-decoration:none}
.n i{font-style:normal;color:var(--less)}
.n .w{margin-top:1px;white-space:pre-line}
.n .v{color:var(--less);font-style:italic}
.tag{display:inline-block;border:1px solid var(--line);border-radius:9px;padding:0 7px;margin-left:4px;
background:var(--panel)}
.dot{display:inline-block;width:8px;height:8px;border-radius:4px;margin-right:4px}
.n:target{outline:2px solid var(--accent);outline-offset:2px}
.m:target{outline:2px solid var(--accent);outline-offset:1px}
@media screen and (min-width:1080px){.p{display:grid;grid-template-columns:minmax(0,70ch) minmax(0,1fr);
column-gap:36px}.ns{margin-top:8px}}
@page{size:A4;margin:14mm 18mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
@media print{:root{color-scheme:light}
body{background:#fff;font-size:11pt;display:table;width:100%;table-layout:fixed;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.head{display:table-header-group;position:static;break-inside:avoid}
.foot{display:table-footer-group;position:static;break-inside:avoid}
.marking{background:none}.marking span{display:block;padding:0 0 4mm}.foot span{padding:4mm 0 0}
main{display:table-row-group;max-width:none;padding:0}
h1{margin-top:0}h2,h3,.about{break-after:avoid}
.t{max-width:none;orphans:2;widows:2}
.small,.facts,.about,.legend,.contents,.ns{font-size:8.5pt}
.ns{margin:1mm 0 4mm 4mm}.n{break-inside:avoid;margin-bottom:1.5mm}
article{margin-top:9mm}
article.new{break-before:page;border-top:0;margin-top:0;padding-top:0}
a{color:inherit}}
"""
"""Bands are borders of nested boxes, which print also where grounds are left out; lanes differ in their padding."""
