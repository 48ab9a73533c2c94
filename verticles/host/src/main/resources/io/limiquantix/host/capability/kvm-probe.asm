; nasm -f bin -o kvm-probe.bin kvm-probe.asm
; A guest of one sector that does what any 64-bit kernel does first: long mode, paging with a high half, a timer
; interrupt, privileged instructions, and enough plain work to tell a processor from an emulator of one.
; It reports by isa-debug-exit (QEMU's exit status is value*2+1).
        org 0x7c00
        bits 16
%ifndef ROUNDS
%define ROUNDS 100000000
%endif
start:  cli
        cld
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        ; page tables: 0x1000 -> 0x2000 -> 0x3000, one 2 MiB page seen at 0 and at -2 GiB
        mov di, 0x1000
        mov cx, 0x3000
        rep stosb
        mov byte [0x1000], 3
        mov byte [0x1001], 0x20
        mov word [0x1ff8], 0x2003
        mov word [0x2000], 0x3003
        mov word [0x2ff0], 0x3003
        mov byte [0x3000], 0x83
        lgdt [gdtr]
        mov eax, 0x220          ; CR4: PAE, OSFXSR
        mov cr4, eax
        mov eax, 0x1000
        mov cr3, eax
        mov ecx, 0xc0000080     ; EFER: long mode
        rdmsr
        or ah, 1
        wrmsr
        mov eax, 0x80010033     ; CR0: paging, write protection, protected mode
        mov cr0, eax
        jmp 8:wide
        bits 64
TOP    equ 0xffffffff80000000
wide:   mov ax, 16
        mov ds, ax
        mov es, ax
        mov ss, ax
        lea rax, [rel above]
        or rax, TOP            ; sign-extended 32-bit immediate
        jmp rax
above:   lea rsp, [rel start]
        ; work, with memory in it (in a page without code, which is what makes TCG slow)
        mov ecx, ROUNDS
.work:  mov [0x6000], rcx
        dec ecx
        jnz .work
        ; one gate: the BIOS left the timer at vector 8
        lea rbx, [rel tick]     ; high-half address
        mov edi, 0x4000 + 8 * 16
        mov [rdi], bx
        mov word [rdi + 2], 8
        mov word [rdi + 4], 0x8e00
        shr rbx, 16
        mov [rdi + 6], bx
        shr rbx, 16
        mov [rdi + 8], ebx
        lidt [rel idtr]
        xor eax, eax
        cpuid
        rdtsc
        mov al, 0xfe            ; only the timer's line
        out 0x21, al
        mov al, 0x34            ; channel 0, rate generator, 65536/n
        out 0x43, al
        xor eax, eax
        out 0x40, al
        mov al, 0x10
        out 0x40, al
        sti
.wait:  hlt
        jmp .wait
tick:   mov al, 42
        out 0xf4, al
        jmp $
gdt:    dq 0
        dq 0x00209b0000000000   ; 64-bit code
        dq 0x0000930000000000   ; data
gdtr:   dw $ - gdt - 1
        dd gdt
idtr:   dw 0xfff
        dq 0x4000
        times 510 - ($ - $$) db 0
        dw 0xaa55
