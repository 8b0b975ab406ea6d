// Where VLANs, bonds, GRE tunnels, dummies, VRFs and netem are: the same random labs, with all of these.
import './plan-lab.kernel.test.js';
