// The lists that the program carries, as they are.
    .section .rodata

    .macro embed name, file
    .global beffroi_privacy_\name\()_begin
    .global beffroi_privacy_\name\()_end
beffroi_privacy_\name\()_begin:
    .incbin "\file"
beffroi_privacy_\name\()_end:
    .byte 0
    .endm

    embed first_names, "lexicon/first_names.txt"
    embed more_first_names, "lexicon/more_first_names.txt"
    embed surnames, "lexicon/surnames.txt"
    embed more_surnames, "lexicon/more_surnames.txt"
    embed words, "lexicon/words.txt"
    embed everyday_words, "lexicon/everyday_words.txt"
    embed cues, "lexicon/cues.txt"

    .section .note.GNU-stack, "", %progbits
