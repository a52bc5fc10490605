"""What is wrong with a set of rules before it meets a row: rules that never fire, always fire, repeat or contradict each other.

Instead of rows a condition is read over boxes (`boxes`): a range of values for every field. What it may come to there is told by
`possible` (with `answers` and `ranges`); comparisons of sums are whole-number ranges of their own (`linear`). A search splits boxes
until it holds a row or has ruled all of them out (`search`). Where that takes too long, random rows decide (`samples`), and the
remark says so. `remarks` asks the questions, `coverage` counts rule by department, `telling` has the words.
"""
