// The files that the program carries, as they are.
    .section .rodata

    .macro embed name, file
    .global beffroi_search_\name\()_begin
    .global beffroi_search_\name\()_end
beffroi_search_\name\()_begin:
    .incbin "\file"
beffroi_search_\name\()_end:
    .byte 0
    .endm

    embed synonyms, "synonyms.txt"

    .section .note.GNU-stack, "", %progbits
