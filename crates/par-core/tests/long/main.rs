//! Long tests of the core: many random years, many random damages. Run by `./test long`.
