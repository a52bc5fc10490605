"""Documents that the tests of the command line audit."""

from __future__ import annotations

HARMFUL = """\
concord: 1
organization: {name: Acme Telecom}
departments:
  - {key: service, name: Customer Service, function: service}
  - {key: sales, name: Sales, function: sales}
outcomes:
  - {key: loyalty, name: Retention, metric: customer.retention_rate, direction: increase, weight: 1}
  - {key: solved, name: Solved at once, metric: service.first_contact_resolution, direction: increase, weight: 1}
kpis:
  - key: aht
    department: service
    name: Average handle time
    metric: service.average_handle_time
    direction: decrease
    weight: 1
    baseline: 420
    target: 330
  - {key: wins, department: sales, name: New customers, metric: sales.new_customers, direction: increase, weight: 1}
incentive_plans:
  - key: agents
    department: service
    role: Contact centre agent
    headcount: 260
    period: month
    target_variable_pay_share: 0.3
    components:
      - {key: agents-aht, kpi: aht, weight: 1, payout: {kind: threshold, threshold: 1}}
"""
"""A company with a grave conflict: pay for short calls."""

CALM = """\
concord: 1
organization: {name: Calm Ltd}
departments: [{key: service, name: Service, function: service}]
outcomes:
  - {key: happy, name: Satisfaction, metric: customer.satisfaction, direction: increase, weight: 1}
kpis:
  - key: fcr
    department: service
    name: First contact resolution
    metric: service.first_contact_resolution
    direction: increase
    weight: 1
"""
"""A company in which nothing of level high is found."""

BROKEN = """\
concord: 1
organization: {name: Broken Inc}
departments:
  - {key: service, name: Service, function: servce}
kpis:
  - key: aht
    department: sevice
    name: Average handle time
    direction: decrease
"""
"""A document with two problems: a function and a department that do not exist."""
