"""The page at the root: where to look."""

from __future__ import annotations

from app.web.pages.layout import Page

_BODY = """\
<p>Concord finds conflicts among departments' goals and incentive plans before a plan is signed. Send it a model document:</p>
<pre><code>curl -H "Authorization: Bearer $CONCORD_KEY" -H 'Content-Type: application/yaml' \\
     --data-binary @company.yaml {base}/v1/audits</code></pre>
<ul>
<li><a href="/organizations">What was found in your organizations</a>, as pages</li>
<li><a href="/docs">Every operation, with examples</a> (<a href="/openapi.json">OpenAPI</a>)</li>
<li><a href="/v1/schemas/document.json">The JSON Schema of the model document</a> and of
<a href="/v1/schemas/analysis.json">the analysis</a></li>
<li><a href="/rules">What each rule reports, why, and how to fix it</a></li>
<li><a href="/problems">What the service's errors mean</a></li>
</ul>
<p class="soft">An audit stores nothing; <code>PUT /v1/organizations/acme/document</code> keeps a company here.
<code>concord init --template telecom</code> writes one to begin with,
<code>concord keys create --workspace default</code> makes a key.</p>"""


def front_page(base: str) -> Page:
    """What the service is, and the first request to try."""
    return Page("Concord", _BODY.format(base=base))
