//! Long tests of the core: many random damages. Run by `./test long`.

#[path = "../it/common.rs"]
mod common;
mod damage;
#[path = "../it/small.rs"]
#[allow(dead_code, reason = "each test binary takes what it needs")]
mod small;
