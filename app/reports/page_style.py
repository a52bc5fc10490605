"""How the page looks: light and dark, from a phone to a wide screen, on paper; nothing is loaded and nothing runs."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#555e68;--line:#cfd6dd;--paper:#fff;--tint:#f4f6f8;--link:#0a58ca;
--good:#1a7f37;--bad:#b42318;--even:#6b5900}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a3adb8;--line:#3b434c;--paper:#12161b;--tint:#1b2128;
--link:#79b8ff;--good:#4ac26b;--bad:#ff7b72;--even:#d4b106}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:1.25rem clamp(.9rem,3vw,2.5rem) 4rem;background:var(--paper);
color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2;margin:.25rem 0 .75rem}
h2{font-size:1.45rem;line-height:1.25;margin:2.75rem 0 .5rem;border-bottom:2px solid var(--line);padding-bottom:.3rem}
h3{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.4rem 0;max-width:70ch}
a{color:var(--link)}
code,pre{font:.88em/1.5 ui-monospace,monospace;background:var(--tint);border-radius:4px}
code{padding:.1em .3em;overflow-wrap:anywhere}
pre{padding:.7rem 1rem;overflow:auto}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.soft{color:var(--soft)}
.lead{font-size:1.12rem;font-weight:600}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:.75rem 0}
.counts li,.level{border-radius:4px;padding:.1rem .55rem;font-weight:600;white-space:nowrap}
.critical{background:#8f1414;color:#fff}
.high{background:#b93c0b;color:#fff}
.medium{background:#fbe08a;color:#2b2200}
.low{background:#d6e6f7;color:#10263d}
.state{border:1px solid var(--soft);border-radius:4px;padding:0 .4rem;color:var(--soft);white-space:nowrap}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.wide{overflow-x:auto;position:relative;margin:.5rem 0 1rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}
tbody th{color:var(--ink)}
.n{text-align:right;font-variant-numeric:tabular-nums}
article{border:1px solid var(--line);border-left-width:6px;border-radius:6px;padding:.8rem 1rem;margin:.9rem 0}
article h3,article h4{font-size:1.05rem;line-height:1.35;margin:0 0 .3rem;border:0}
article.is-critical{border-left-color:#8f1414}
article.is-high{border-left-color:#b93c0b}
article.is-medium{border-left-color:#c99a00}
article.is-low{border-left-color:#6a9bc9}
summary{cursor:pointer;padding:.25rem 0;font-weight:600}
ol.chain{padding-left:1.4rem;margin:.3rem 0}
ol.chain li{margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.4rem 0}
dt{color:var(--soft)}
dd{margin:0;min-width:0}
figure{margin:.5rem 0 1rem}
svg{display:block;height:auto;font:13px system-ui,sans-serif}
svg text{fill:var(--ink)}
svg .axis{stroke:var(--line);stroke-width:1}
svg .empty{fill:var(--tint)}
svg rect.critical{fill:#8f1414}svg rect.high{fill:#b93c0b}svg rect.medium{fill:#fbe08a}svg rect.low{fill:#d6e6f7}
svg text.critical,svg text.high{fill:#fff}svg text.medium{fill:#2b2200}svg text.low{fill:#10263d}
.compass svg{width:100%;max-width:24rem}
svg .small,svg text.badge{font-size:11.5px}svg .big{font-size:16px;font-weight:700}svg .strong,svg text.badge{font-weight:700}
svg text.soft{fill:var(--soft)}svg text.badge{fill:var(--paper)}
svg pattern path{stroke:#fff;stroke-width:1.2;fill:none}svg pattern circle{fill:#2b2200}
svg .rim{fill:var(--tint);stroke:var(--line)}svg circle.unknown{fill:var(--soft)}
svg line.customers,svg line.good,svg line.bad,svg line.even{stroke-width:2.5;stroke-linecap:round}
svg line.customers{stroke:var(--link);stroke-width:4}svg .customers.head{fill:var(--link)}
svg line.good{stroke:var(--good)}svg line.bad{stroke:var(--bad);stroke-dasharray:8 3}svg line.even{stroke:var(--even);stroke-dasharray:2 4}
svg .axis.zero{stroke:var(--soft)}svg .bar{fill:var(--link)}svg .bar.pressure{fill:var(--bad)}svg .bar.pay{fill:var(--even)}
svg polyline{fill:none;stroke-width:2.5}svg polyline.trend{stroke:var(--link)}svg polyline.was{stroke:var(--soft);stroke-dasharray:7 4}
svg.drawing{max-width:100%}.wide>svg.drawing{max-width:none}.n{white-space:nowrap}.roomy td:not(.n){min-width:9rem}
svg .good{fill:var(--good)}svg .bad{fill:var(--bad)}svg .even{fill:var(--even)}
@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.35rem}article{padding:.7rem .8rem}th,td{padding-right:.6rem}}
@media print{
:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#fff;--link:#000}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip{display:none}
article,tr,figure{break-inside:avoid}
h2,h3,h4{break-after:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}
.critical,.high,.medium,.low,svg rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.wide{overflow:visible}
}
"""

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PAGE_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
"""What a browser lets the page do: wear this style, and nothing else."""
