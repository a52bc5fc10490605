"""The rule language: a small, typed expression language whose conditions are data.

Text becomes a tree (`syntax`), parameters become constants (`params`), the tree is checked against a fact kind
(`type_check`, `schema`), and is then read by a walk over one row (`walk`), a kernel over columns (`evaluate`), an
explanation (`explain`) and plain words (`words`). `rule` puts these together for a rule file, whose texts are filled by
`messages` with values as people say them (`said`) and whose examples are run by `examples`.

The syntax is a strict subset of CEL. Where the meaning departs from CEL:

- a missing value makes a comparison unknown, and `&& || !` follow Kleene (CEL: an error);
- whole numbers and decimals mix (CEL: refused), and are compared at their declared scale, never as binary fractions;
- a quotient is exact to 6 digits after the point, rounded half to even (CEL: whole numbers divide to whole numbers);
  divided by zero it is unknown (CEL: an error); nothing overflows (CEL: an error);
- comparisons do not chain, lists stand only after `in` and hold constants, numbers have no exponent, hexadecimal or suffix;
- what no row could change is refused: a condition that reads no field, two equal sides, a part beside its own denial, a
  value outside a field's range, a null test of a field that is never missing.
"""
