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
    embed words_model, "model/words.txt"
    embed words_relevance, "model/words_relevance.txt"
    embed titles_model, "model/titles.txt"
    embed titles_relevance, "model/titles_relevance.txt"
    embed meaning_model, "model/meaning.txt"
    embed meaning_relevance, "model/meaning_relevance.txt"

    .section .note.GNU-stack, "", %progbits
