// api/openapi.yaml, as it is.
    .section .rodata
    .global beffroi_openapi_begin
    .global beffroi_openapi_end
beffroi_openapi_begin:
    .incbin "openapi.yaml"
beffroi_openapi_end:
    .byte 0

    .section .note.GNU-stack, "", %progbits
