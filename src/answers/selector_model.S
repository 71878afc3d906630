// The trees of the selector, as tools/train/selector.py wrote them.
    .section .rodata
    .global beffroi_answers_selector_begin
    .global beffroi_answers_selector_end
beffroi_answers_selector_begin:
    .incbin "model/selector.txt"
beffroi_answers_selector_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
