"""Concord finds conflicts among departments' goals and incentive plans before a plan is signed."""
