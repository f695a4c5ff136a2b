"""The parts of the tests of the whole table of acts: the stage, the ways in, the forged ids, the books."""
