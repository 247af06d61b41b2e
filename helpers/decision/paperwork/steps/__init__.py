"""The paperwork case step by step: each step adds to the ones before it what it works out, once, when first asked for."""
